// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * A service whose capacity is known: replicas are ready 60 s after they were decided, and a metrics system reports means of the last
 * 60 s, each with its error.
 */
final class ModelService {

    static final int STEP_SECONDS = 15;
    static final int WINDOW_SECONDS = 60;
    private static final int START_SECONDS = 60;
    private static final int STEPS_IN_WINDOW = WINDOW_SECONDS / STEP_SECONDS;
    /** Share of the limit that a replica without requests uses. */
    private static final double IDLE = 0.03;

    private static final int WORKERS_PER_REPLICA = 8;
    private static final double SERVICE_SECONDS = 0.02;
    private static final double MOST_BUSY = 0.99;

    /** What a metrics system has of the service beside rates. */
    enum LoadSignal {
        PROCESSOR,
        LATENCY,
        UNSERVED
    }

    /**
     * One step.
     *
     * @param busy demand divided by capacity
     */
    private record ModelStep(double offered, double handled, double busy, double latency) {}

    private record StartedReplicas(long ready, int replicas) {}

    private final Random random;
    private final double noise;
    private final Deque<ModelStep> steps = new ArrayDeque<>();
    private final Deque<StartedReplicas> starting = new ArrayDeque<>();
    private CapacityLine truth;
    private int ready;

    /** @param noise standard deviation of each reading, relative to it */
    ModelService(CapacityLine truth, int replicas, double noise, Random random) {
        this.truth = truth;
        this.ready = replicas;
        this.noise = noise;
        this.random = random;
    }

    void become(CapacityLine other) {
        truth = other;
    }

    /** Fewer replicas are fewer at once, more take their time; a decision replaces those before it. */
    void scale(long second, int replicas) {
        starting.clear();
        if (replicas <= ready) {
            ready = replicas;
        } else {
            starting.add(new StartedReplicas(second + START_SECONDS, replicas));
        }
    }

    /** @return whether more arrives than can be served */
    boolean step(long second, double demand) {
        while (!starting.isEmpty() && starting.getFirst().ready() <= second) {
            ready = starting.removeFirst().replicas();
        }
        double capacity = truth.at(ready);
        double busy = demand / capacity;
        steps.addLast(new ModelStep(demand, Math.min(demand, capacity), busy, latency(busy)));
        if (steps.size() > STEPS_IN_WINDOW) {
            steps.removeFirst();
        }
        return demand > capacity;
    }

    /** Mean time in a queue with several servers, by Sakasegawa's approximation (1977). */
    private double latency(double busy) {
        double load = Math.min(MOST_BUSY, busy);
        double servers = (double) WORKERS_PER_REPLICA * ready;
        return SERVICE_SECONDS * (1 + Math.pow(load, Math.sqrt(2 * (servers + 1)) - 1) / (servers * (1 - load)));
    }

    /** Decided replicas, those that start included. */
    int decided() {
        return starting.isEmpty() ? ready : starting.getLast().replicas();
    }

    int ready() {
        return ready;
    }

    double measuredDemand() {
        return measured(ModelStep::offered);
    }

    ProfileSample sample(Instant at, LoadSignal signal) {
        ProfileSample sample = ProfileSample.of(at, ready, measured(ModelStep::handled));
        return switch (signal) {
            case PROCESSOR -> sample.withUtilisation(measured(step -> IDLE + (1 - IDLE) * Math.min(1, step.busy())));
            case LATENCY -> sample.withLatencySeconds(measured(ModelStep::latency));
            case UNSERVED -> sample.withOfferedPerSecond(measured(ModelStep::offered));
        };
    }

    private double measured(ToDoubleFunction<ModelStep> value) {
        double mean = steps.stream().mapToDouble(value).average().orElse(0);
        return mean * Math.max(0, 1 + noise * random.nextGaussian());
    }
}
