// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Desired replicas of a target, before the capacity of its cluster is checked.
 *
 * @param target the target
 * @param replicas within its bounds; empty when they are unknown
 * @param reason reason of the number
 */
record ReplicaTarget(ScalingTarget target, OptionalInt replicas, String reason) {

    static ReplicaTarget of(ScalingTarget target, PredictiveParameters parameters, Instant now) {
        OptionalDouble forecast = new SeasonalForecast(target.history().points(), parameters).peak(now);
        OptionalDouble present = target.demandPerSecond();
        if (forecast.isEmpty() && present.isEmpty()) {
            return new ReplicaTarget(target, OptionalInt.empty(), "neither a request rate nor enough past to foresee it");
        }
        double rate = Math.max(forecast.orElse(0), present.orElse(0));
        double needed =
                Math.ceil((rate - target.profile().beta()) / target.profile().alpha());
        if (!Double.isFinite(needed)) {
            return new ReplicaTarget(
                    target, OptionalInt.empty(), "the profile does not say what a replica serves: " + target.profile());
        }
        int replicas = (int) Math.max(target.minReplicas(), Math.min(needed, target.maxReplicas()));
        String reason = String.format(
                Locale.ROOT,
                "%s requests/s now, %s expected within %s ask for %.0f",
                text(present),
                text(forecast),
                parameters.horizon(),
                Math.max(0, needed));
        return new ReplicaTarget(
                target,
                OptionalInt.of(replicas),
                replicas == needed
                        ? reason
                        : reason + ", the bounds are %d to %d".formatted(target.minReplicas(), target.maxReplicas()));
    }

    /** Least resources that it uses, which limit the others: a target that shrinks frees capacity at once. */
    int kept() {
        return Math.min(replicas.orElse(target.replicas()), target.replicas());
    }

    private static String text(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, "%.2f", rate.getAsDouble()) : "unknown";
    }
}
