// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is decided about a service with what is known at this moment, and by which rule. The first rule that applies decides, in the
 * order of {@link DecidingRule}.
 *
 * @param to replicas that there shall be
 * @param reason for people: why, and why not
 */
record ScalingVerdict(DecidingRule rule, int from, int to, String reason) {

    /** What decides. */
    enum DecidingRule {
        /** its graph is not there yet */
        NOT_DEPLOYED,
        /** nothing happens to it by itself */
        PAUSED,
        /** a person has set the number */
        HELD,
        /** outside of its hours nothing is scaled, or it goes to its number of then */
        BUSINESS_HOURS,
        /** a strategy of its own, or for scale to zero, decides by more than the file says */
        STRATEGY,
        /** it was scaled a moment ago */
        COOLDOWN,
        /** no container has a sample */
        NO_SAMPLE,
        SCALE_UP_THRESHOLD,
        SCALE_DOWN_THRESHOLD,
        BETWEEN_THRESHOLDS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is known.
     *
     * @param replicas that are decided; empty while there is no graph
     * @param cooldown that is left
     * @param open whether its business hours are
     * @param cpu mean in per cent of the containers with a sample
     */
    record ScalingSituation(
            OptionalInt replicas,
            boolean paused,
            Optional<ReplicaHold> hold,
            Duration cooldown,
            boolean open,
            OptionalDouble cpu) {}

    static ScalingVerdict judge(ServiceEntry service, ScalingSituation now) {
        if (now.replicas().isEmpty()) {
            return new ScalingVerdict(
                    DecidingRule.NOT_DEPLOYED, 0, 0, "%s is not deployed yet".formatted(service.name()));
        }
        int from = now.replicas().getAsInt();
        if (now.paused()) {
            return new ScalingVerdict(DecidingRule.PAUSED, from, from, "it is paused: nothing happens to it by itself");
        }
        if (now.hold().isPresent()) {
            ReplicaHold hold = now.hold().get();
            return new ScalingVerdict(
                    DecidingRule.HELD,
                    from,
                    hold.replicas(),
                    "set by hand to %d%s"
                            .formatted(
                                    hold.replicas(),
                                    hold.until().map(until -> " until " + until).orElse("")));
        }
        if (service.hours().only() && !now.open()) {
            return closed(service, from);
        }
        return service.strategies().scaling().isPresent() || service.idleAfter().isPresent()
                ? new ScalingVerdict(
                        DecidingRule.STRATEGY,
                        from,
                        from,
                        "strategy %s decides by more than thresholds: its last decision says why"
                                .formatted(service.strategies()
                                        .scaling()
                                        .map(ServiceEntry.StrategyChoice::id)
                                        .orElse("idle")))
                : byThresholds(service, now, from);
    }

    private static ScalingVerdict closed(ServiceEntry service, int from) {
        OptionalInt then = service.hours().replicasWhenClosed();
        return then.isPresent()
                ? new ScalingVerdict(
                        DecidingRule.BUSINESS_HOURS,
                        from,
                        then.getAsInt(),
                        "outside of its business hours there are %d".formatted(then.getAsInt()))
                : new ScalingVerdict(
                        DecidingRule.BUSINESS_HOURS, from, from, "outside of its business hours nothing is scaled");
    }

    private static ScalingVerdict byThresholds(ServiceEntry service, ScalingSituation now, int from) {
        if (!now.cooldown().isZero()) {
            return new ScalingVerdict(
                    DecidingRule.COOLDOWN,
                    from,
                    from,
                    "in cool-down for another %d s"
                            .formatted(Math.max(1, now.cooldown().toSeconds())));
        }
        if (now.cpu().isEmpty()) {
            return new ScalingVerdict(DecidingRule.NO_SAMPLE, from, from, "no container has a sample");
        }
        double cpu = now.cpu().getAsDouble();
        String measured = "CPU " + percentage(cpu);
        String up = percentage(service.cpu().up());
        String down = percentage(service.cpu().down());
        int most = service.replicas().max();
        int least = service.replicas().min();
        if (cpu >= service.cpu().up()) {
            String bound = from >= most ? "; already at max_replicas " + most : "";
            return new ScalingVerdict(
                    DecidingRule.SCALE_UP_THRESHOLD,
                    from,
                    bounded(service, from + 1),
                    "%s is at or above %s%s".formatted(measured, up, bound));
        }
        if (cpu > service.cpu().down()) {
            return new ScalingVerdict(
                    DecidingRule.BETWEEN_THRESHOLDS,
                    from,
                    bounded(service, from),
                    "%s is between %s and %s".formatted(measured, down, up));
        }
        if (cpu <= 0) {
            return new ScalingVerdict(
                    DecidingRule.SCALE_DOWN_THRESHOLD,
                    from,
                    bounded(service, from),
                    "%s says nothing about too many replicas".formatted(measured));
        }
        String bound = from <= least ? "; already at min_replicas " + least : "";
        return new ScalingVerdict(
                DecidingRule.SCALE_DOWN_THRESHOLD,
                from,
                bounded(service, from - 1),
                "%s is at or below %s%s".formatted(measured, down, bound));
    }

    /** Also what is beyond its bounds, since they were changed, comes back into them. */
    private static int bounded(ServiceEntry service, int replicas) {
        return Math.max(
                service.replicas().min(), Math.min(replicas, service.replicas().max()));
    }

    private static String percentage(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f %%", value)
                : String.format(Locale.ROOT, "%.1f %%", value);
    }
}
