// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import java.time.Instant;

/**
 * A decision about the replicas of a service, over all of its clusters.
 *
 * @param strategy that decided; {@link #PERSON} when somebody has set the number
 * @param from replicas before
 * @param to replicas decided
 * @param fallback whether another strategy than the selected one decided
 * @param reason in the words of the strategy
 */
public record ReplicaDecision(Instant at, String strategy, int from, int to, boolean fallback, String reason) {

    /** In the place of a strategy where a person has set the replicas. */
    public static final String PERSON = "person";
}
