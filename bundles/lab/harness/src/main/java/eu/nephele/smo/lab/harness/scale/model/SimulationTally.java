// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Arrays;

final class SimulationTally {

    private final long[] runningMicros;
    private final int[] completions;
    private long accepted;
    private long completed;
    private long decisions;
    private long conflicts;
    private long refusedWrites;
    private long calls;
    private long callsWithoutLease;
    private long overlappingCalls;
    private long doubledPasses;

    SimulationTally(int graphs) {
        runningMicros = new long[graphs];
        Arrays.fill(runningMicros, -1);
        completions = new int[graphs];
    }

    void accepted() {
        accepted++;
    }

    /** @param again whether it had run before, on lost clusters */
    void completed(int graph, long micros, boolean again) {
        if (again) {
            return;
        }
        completed++;
        completions[graph]++;
        runningMicros[graph] = micros;
    }

    void decided() {
        decisions++;
    }

    /** Counts a decision whose capacity others had taken meanwhile. */
    void conflict() {
        conflicts++;
    }

    void refusedWrite() {
        refusedWrites++;
    }

    /**
     * @param withLease whether its caller was the owner at that moment
     * @param overlaps whether another owner had one of the same graph under way
     */
    void call(boolean withLease, boolean overlaps) {
        calls++;
        callsWithoutLease += withLease ? 0 : 1;
        overlappingCalls += overlaps ? 1 : 0;
    }

    void doubledPass() {
        doubledPasses++;
    }

    long completedCount() {
        return completed;
    }

    /** Completions beyond the first of a graph. */
    long repeated() {
        return Arrays.stream(completions)
                .filter(count -> count > 1)
                .mapToLong(count -> count - 1L)
                .sum();
    }

    SimulationResult.Safety safety() {
        return new SimulationResult.Safety(
                accepted - completed, repeated(), callsWithoutLease, overlappingCalls, doubledPasses, refusedWrites);
    }

    SimulationResult.SimulatedWork work() {
        return new SimulationResult.SimulatedWork(accepted, completed, decisions, conflicts, calls);
    }

    /** Times at which graphs began to run, in order; only of running ones. */
    long[] running() {
        return Arrays.stream(runningMicros)
                .filter(micros -> micros >= 0)
                .sorted()
                .toArray();
    }

    long runningMicros(int graph) {
        return runningMicros[graph];
    }
}
