// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.stream.IntStream;

/**
 * Durations in seconds.
 *
 * @param steadySeconds observation of the server without changes
 * @param driftSeconds interval of passes over a running graph
 * @param scalingSeconds interval of decisions on replicas
 * @param openSeconds duration of deployments and reads that are sent when they are due
 * @param roomSeconds observation of the server after the removal of all graphs
 */
public record Spans(
        int steadySeconds,
        int driftSeconds,
        int scalingSeconds,
        int openSeconds,
        int overloadSeconds,
        int roomSeconds) {

    public Spans {
        if (IntStream.of(steadySeconds, driftSeconds, scalingSeconds, openSeconds, overloadSeconds, roomSeconds)
                .anyMatch(value -> value < 1)) {
            throw new IllegalArgumentException("seconds of phases are 1 or more");
        }
    }
}
