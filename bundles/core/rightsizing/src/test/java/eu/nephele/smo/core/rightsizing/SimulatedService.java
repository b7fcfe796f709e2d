// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A service with a day rhythm whose proposals are carried out, one a round of days. */
final class SimulatedService {

    static final Duration STEP = Duration.ofMinutes(5);
    static final int FIXED_REPLICAS = 4;
    private static final int STEPS_PER_DAY = 288;
    private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");

    /** How its replicas follow the load. */
    enum Scaler {
        FIXED,
        /** as many as a profile needs that is typed in */
        REQUEST_RATE,
        /** as many as a profile needs that is learned again at each size: a replica serves in proportion to it */
        LEARNED_RATE
    }

    private final Behaviour behaviour;
    private final ClassLadder ladder;
    private final Random random;
    private final List<UsePoint> points = new ArrayList<>();
    private final List<Double> wanted = new ArrayList<>();
    private Optional<Reduction> reduction = Optional.empty();
    private Instant now = BEGIN;
    private Instant changedAt = BEGIN;
    private double size;

    /**
     * @param load mean use over all replicas, in cores or bytes
     * @param followed part of the request that a replica uses whatever the load
     * @param startUp use of a replica that has just started
     */
    record Behaviour(ComputeResource resource, Scaler scaler, double load, double followed, double startUp) {}

    SimulatedService(Behaviour behaviour, ClassLadder ladder, double size, long seed) {
        this.behaviour = behaviour;
        this.ladder = ladder;
        this.size = size;
        this.random = new Random(seed);
    }

    double size() {
        return size;
    }

    /** Quantile of what a replica would have used in the last round if nothing had cut it off. */
    double wanted(double quantile) {
        List<Double> sorted = wanted.stream().sorted().toList();
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    void run(int days) {
        wanted.clear();
        int replicas = replicas(behaviour.load());
        for (int i = 0; i < days * STEPS_PER_DAY; i++) {
            now = now.plus(STEP);
            double phase = 2 * Math.PI * i / STEPS_PER_DAY;
            double total = behaviour.load() * (1 + 0.5 * Math.sin(phase) + 0.02 * random.nextGaussian());
            int next = replicas(total);
            int started = Math.max(0, next - replicas);
            replicas = next;
            double each = total / replicas + behaviour.followed() * size;
            double used = Math.min(each, size) * replicas + started * Math.min(behaviour.startUp(), size);
            wanted.add(each);
            points.add(new UsePoint(now, used, replicas));
        }
    }

    private int replicas(double total) {
        return switch (behaviour.scaler()) {
            case FIXED -> FIXED_REPLICAS;
            case REQUEST_RATE -> Math.max(1, (int) Math.ceil(total / (behaviour.load() / 5)));
            case LEARNED_RATE -> Math.max(1, (int) Math.ceil(total / (0.4 * size)));
        };
    }

    ResourceAdvice advise() {
        return new ResourceSizer(RightsizingSettings.STANDARD)
                .advise(
                        new ResourceFacts(
                                behaviour.resource(),
                                size,
                                ladder,
                                Optional.empty(),
                                new UseSeries(points),
                                UseSeries.EMPTY,
                                changedAt,
                                reduction,
                                now),
                        new ScalingDriver(behaviour.scaler() != Scaler.FIXED, false, false));
    }

    void apply(ResourceClass to) {
        if (to.amount() < size) {
            reduction = Optional.of(new Reduction(now, size, to.amount()));
        }
        size = to.amount();
        changedAt = now;
    }
}
