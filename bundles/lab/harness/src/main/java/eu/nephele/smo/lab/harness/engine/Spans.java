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
 * @param warmUpSeconds mixed reads before those that are measured, half as many a second; 0 for none
 * @param roomSeconds observation of the server after the removal of all graphs
 */
public record Spans(
        int steadySeconds,
        int driftSeconds,
        int scalingSeconds,
        int openSeconds,
        int readSeconds,
        int readRate,
        int warmUpSeconds,
        int overloadSeconds,
        int roomSeconds) {

    public Spans {
        if (IntStream.of(
                                steadySeconds,
                                driftSeconds,
                                scalingSeconds,
                                openSeconds,
                                readSeconds,
                                readRate,
                                overloadSeconds,
                                roomSeconds)
                        .anyMatch(value -> value < 1)
                || warmUpSeconds < 0) {
            throw new IllegalArgumentException("seconds of phases and read-rate are 1 or more");
        }
    }
}
