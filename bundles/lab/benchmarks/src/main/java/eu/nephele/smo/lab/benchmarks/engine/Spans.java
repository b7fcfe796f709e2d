// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import java.util.stream.IntStream;

/**
 * How long what lasts, in seconds.
 *
 * @param steadySeconds how long the server is watched while nothing changes
 * @param driftSeconds how often the server looks at a graph that runs; replicas are decided twice as often
 * @param openSeconds how long deployments and reads are sent when they are due
 * @param readSeconds how long mixed reads are sent
 * @param readRate how many of them per second
 * @param overloadSeconds how long too many deployments are offered
 * @param roomSeconds how long the server is watched when all graphs are gone
 */
public record Spans(
        int steadySeconds,
        int driftSeconds,
        int openSeconds,
        int readSeconds,
        int readRate,
        int overloadSeconds,
        int roomSeconds) {

    public Spans {
        if (IntStream.of(steadySeconds, driftSeconds, openSeconds, readSeconds, readRate, overloadSeconds, roomSeconds)
                .anyMatch(value -> value < 1)) {
            throw new IllegalArgumentException("seconds of phases and read-rate are 1 or more");
        }
    }
}
