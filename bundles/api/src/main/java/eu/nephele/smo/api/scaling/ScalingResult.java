// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.util.List;
import java.util.Optional;

/**
 * The answer of a scaling strategy, one per target, in the order of {@link ScalingRequest#targets()}.
 *
 * @param answers as many as there are targets
 */
public record ScalingResult(List<Answer> answers) {

    public ScalingResult {
        answers = List.copyOf(answers);
    }

    /** Decision about the replicas of one target. */
    public sealed interface Answer {

        /** For people: why. */
        String reason();
    }

    /**
     * @param replicas the new number, within the target's bounds; may equal the present one
     * @param unmet demand that these replicas do not serve; empty when they serve all of it
     */
    public record Replicas(int replicas, String reason, Optional<Unmet> unmet) implements Answer {

        /** Replicas that serve the demand. */
        public Replicas(int replicas, String reason) {
            this(replicas, reason, Optional.empty());
        }
    }

    /**
     * Demand that is not served, because bounds or capacity allow no more replicas. Shown as a condition of the graph; where capacity is
     * short, another placement is looked for.
     *
     * @param needed replicas that would serve it, more than there are
     * @param reason for people: what is short
     */
    public record Unmet(int needed, String reason) {}

    /** Nothing is decided: no data, cooling down. The replicas stay as they are. */
    public record Keep(String reason) implements Answer {}

    /** No number of replicas can be had within bounds and capacity here; the present ones stay, and a re-placement may help. */
    public record Infeasible(String reason) implements Answer {}
}
