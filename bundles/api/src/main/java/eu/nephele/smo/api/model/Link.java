// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.OptionalDouble;

/**
 * A directed edge of the graph: one service calls another.
 *
 * @param from id of the calling service
 * @param to id of the called service
 * @param latency wished class
 * @param maxLatencyMillis hard limit of the latency between the two clusters in ms, if the descriptor sets one
 * @param trafficMegabytesPerSecond weight of the link for latency and traffic objectives; 1 when the descriptor says nothing
 */
public record Link(
        String from,
        String to,
        LatencyClass latency,
        OptionalDouble maxLatencyMillis,
        double trafficMegabytesPerSecond) {

    /** The reference's latency classes ({@code qos}). */
    public enum LatencyClass {
        /** below 10 ms */
        ULTRALOW,
        /** at most one hop */
        LOW,
        BEST_EFFORT
    }
}
