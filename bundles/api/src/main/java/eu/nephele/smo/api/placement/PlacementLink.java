// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import java.util.OptionalDouble;

/**
 * A link between two services of the problem.
 *
 * @param from index of the calling service
 * @param to index of the called service
 * @param traffic weight, megabytes per second; 1 when nothing is known
 * @param maxLatencyMillis hard limit of the latency between the two clusters, ms
 */
public record PlacementLink(int from, int to, double traffic, OptionalDouble maxLatencyMillis) {}
