// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** A service of the replayed world: its replicas, what was measured of it, and what it cost. Not thread-safe. */
final class ReplayedService {

    private static final int MINUTES_PER_QUARTER = 15;
    private static final int MOST_MINUTES = 3 * 60;
    private static final int MOST_QUARTERS = 14 * 24 * 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHOWN_CHANGES = Duration.ofHours(1);

    private final String id;
    private final ServiceProfile profile;
    private final Instant begin;
    private final double[] demand;
    private final float[] capacities;
    private final double[] minutes;
    private final double[] quarters;
    private final Deque<StartingReplicas> starting = new ArrayDeque<>();
    private final Deque<ReplicaChange> changes = new ArrayDeque<>();
    private int steps;
    private int replicas;
    private int ready;
    private Instant changedAt;
    private double violationMinutes;
    private double replicaHours;
    private int changeCount;

    private record StartingReplicas(Instant readyAt, int count) {}

    ReplayedService(String id, ServiceProfile profile, Instant begin, int steps, int replicas) {
        this.id = id;
        this.profile = profile;
        this.begin = begin;
        this.demand = new double[steps];
        this.capacities = new float[steps];
        this.minutes = new double[steps / LoadShape.STEPS_PER_MINUTE + 1];
        this.quarters = new double[minutes.length / MINUTES_PER_QUARTER + 1];
        this.replicas = replicas;
        this.ready = replicas;
        this.changedAt = begin.minus(SHOWN_CHANGES);
    }

    String id() {
        return id;
    }

    ServiceProfile profile() {
        return profile;
    }

    int replicas() {
        return replicas;
    }

    Duration sinceLastChange(Instant now) {
        return Duration.between(changedAt, now);
    }

    /** Those of the last hour. */
    List<ReplicaChange> changes(Instant now) {
        while (!changes.isEmpty() && changes.peekFirst().at().isBefore(now.minus(SHOWN_CHANGES))) {
            changes.removeFirst();
        }
        return List.copyOf(changes);
    }

    void decide(int decided, Instant now, Duration startUp) {
        if (decided == replicas) {
            return;
        }
        if (decided > replicas) {
            starting.addLast(new StartingReplicas(now.plus(startUp), decided - replicas));
        } else {
            int gone = replicas - decided;
            while (gone > 0 && !starting.isEmpty()) { // those that do not serve yet go first
                StartingReplicas last = starting.removeLast();
                int kept = Math.max(0, last.count() - gone);
                gone -= last.count() - kept;
                if (kept > 0) {
                    starting.addLast(new StartingReplicas(last.readyAt(), kept));
                }
            }
            ready -= gone;
        }
        changes.addLast(new ReplicaChange(now, replicas, decided));
        replicas = decided;
        changedAt = now;
        changeCount++;
    }

    /** Requests per second that it serves from now on. */
    double capacity(Instant now) {
        while (!starting.isEmpty() && !starting.peekFirst().readyAt().isAfter(now)) {
            ready += starting.removeFirst().count();
        }
        return ready == 0 ? 0 : Math.max(0, profile.alpha() * ready + profile.beta());
    }

    /** Lets one step pass. */
    void serve(double perSecond, double capacity) {
        capacities[steps] = (float) capacity;
        demand[steps++] = perSecond;
        double stepMinutes = 1.0 / LoadShape.STEPS_PER_MINUTE;
        if (perSecond > capacity) {
            violationMinutes += stepMinutes;
        }
        replicaHours += replicas * stepMinutes / 60;
        if (steps % LoadShape.STEPS_PER_MINUTE == 0) {
            int minute = steps / LoadShape.STEPS_PER_MINUTE;
            minutes[minute - 1] = mean(demand, steps - LoadShape.STEPS_PER_MINUTE, steps);
            if (minute % MINUTES_PER_QUARTER == 0) {
                quarters[minute / MINUTES_PER_QUARTER - 1] = mean(minutes, minute - MINUTES_PER_QUARTER, minute);
            }
        }
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int known = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    /** The mean of the last minute. */
    OptionalDouble measured() {
        double mean = mean(demand, Math.max(0, steps - LoadShape.STEPS_PER_MINUTE), steps);
        return Double.isNaN(mean) ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    float[] capacities() {
        return capacities;
    }

    private int minutes() {
        return steps / LoadShape.STEPS_PER_MINUTE;
    }

    /** The past by minutes, 3 hours at most. */
    LoadSeries recent(Duration most) {
        int count = (int) Math.min(Math.min(MOST_MINUTES, minutes()), most.toMinutes() + 1);
        return series(minutes, minutes() - count, minutes(), MINUTE);
    }

    /** The past by quarters of an hour, 14 days at most. */
    LoadSeries seasons() {
        int end = minutes() / MINUTES_PER_QUARTER;
        return series(quarters, Math.max(0, end - MOST_QUARTERS), end, MINUTE.multipliedBy(MINUTES_PER_QUARTER));
    }

    private LoadSeries series(double[] values, int from, int to, Duration step) {
        return to <= from
                ? LoadSeries.EMPTY
                : LoadSeries.of(begin.plus(step.multipliedBy(from + 1L)), step, Arrays.copyOfRange(values, from, to));
    }

    ReplayFigures figures() {
        return new ReplayFigures(violationMinutes, replicaHours, changeCount);
    }
}
