// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Limits of changes in one direction, as those of the Kubernetes HorizontalPodAutoscaler ({@code behavior}).
 *
 * @param policies most change per period; without any there is no limit
 */
public record ScaleRules(
        @Parameter(
                description =
                        "seconds of the past of which the most careful number counts; 0 for growing, 300 for shrinking",
                min = 0,
                max = 3600)
        Optional<Integer> stabilisationSeconds,

        @Parameter(description = "most change per period") List<PacePolicy> policies,

        @Parameter(
                description = "which of several policies counts; disabled allows no change",
                defaultValue = "\"max\"")
        Select select) {

    private static final double PER_CENT = 100;

    /** Which policy counts. */
    public enum Select {
        MAX,
        MIN,
        DISABLED
    }

    /** PaceUnit of a policy's value. */
    public enum PaceUnit {
        REPLICAS,
        PERCENT
    }

    /** @param value of replicas, or per cent of those at the begin of the period */
    public record PacePolicy(
            @Parameter(description = "replicas or percent") PaceUnit type,
            @Parameter(description = "most change", min = 1) int value,

            @Parameter(description = "seconds", min = 1, max = 1800)
            int periodSeconds) {}

    int stabilisation(int usual) {
        return stabilisationSeconds.orElse(usual);
    }

    /** The largest number of replicas that may be reached by growing now. */
    int most(ScalingTarget target, Instant now) {
        if (select == Select.DISABLED) {
            return target.replicas();
        }
        PartOfWhole part = PartOfWhole.decidedIn(target);
        IntStream limits = policies.stream().mapToInt(policy -> {
            int before = target.replicas() - changed(target, policy, now, change -> change.to() - change.from());
            return policy.type() == PaceUnit.REPLICAS
                    ? before + part.pace(policy.value())
                    // per cent of nothing would be nothing for ever
                    : (int) Math.ceil(Math.max(1, before * (1 + policy.value() / PER_CENT)));
        });
        int limit = (select == Select.MAX ? limits.max() : limits.min()).orElse(Integer.MAX_VALUE);
        return Math.max(target.replicas(), limit);
    }

    /** The smallest number of replicas that may be reached by shrinking now. */
    int least(ScalingTarget target, Instant now) {
        if (select == Select.DISABLED) {
            return target.replicas();
        }
        PartOfWhole part = PartOfWhole.decidedIn(target);
        IntStream limits = policies.stream().mapToInt(policy -> {
            int before = target.replicas() + changed(target, policy, now, change -> change.from() - change.to());
            return policy.type() == PaceUnit.REPLICAS
                    ? before - part.pace(policy.value())
                    : (int) Math.floor(before * (1 - Math.min(PER_CENT, policy.value()) / PER_CENT));
        });
        int limit = (select == Select.MAX ? limits.min() : limits.max()).orElse(0);
        return Math.min(target.replicas(), limit);
    }

    /** Replicas of the changes in one direction within the period. */
    private static int changed(
            ScalingTarget target, PacePolicy policy, Instant now, ToIntFunction<ReplicaChange> inDirection) {
        Instant begin = now.minusSeconds(policy.periodSeconds());
        return target.changes().stream()
                .filter(change -> change.at().isAfter(begin))
                .mapToInt(inDirection)
                .filter(replicas -> replicas > 0)
                .sum();
    }
}
