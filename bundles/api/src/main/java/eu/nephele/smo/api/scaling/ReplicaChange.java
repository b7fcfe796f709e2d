// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Instant;

/**
 * A change of the decided replicas of a target.
 *
 * @param at when it was decided
 * @param from replicas before
 * @param to replicas after
 */
public record ReplicaChange(Instant at, int from, int to) {}
