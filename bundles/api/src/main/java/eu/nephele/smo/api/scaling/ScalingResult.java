// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.util.List;

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

    /** @param replicas the new number, within the target's bounds; may equal the present one */
    public record Replicas(int replicas, String reason) implements Answer {}

    /** Nothing is decided: no data, cooling down. The replicas stay as they are. */
    public record Keep(String reason) implements Answer {}

    /** The demand cannot be served within bounds and capacity here; a re-placement may help. */
    public record Infeasible(String reason) implements Answer {}
}
