// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Map;

/**
 * Result of a simulation.
 *
 * @param use of each resource, the busiest of its kind: shares of the time while deployments were under way
 */
public record SimulationResult(
        SimulatedWork work, Safety safety, Timing pace, Recovery recovery, Map<String, Double> use, long events) {

    static final String WORKERS = "workers";

    /** Utilisation from which most jobs of a resource wait. */
    private static final double SCARCE = 0.8;

    public SimulationResult {
        use = Map.copyOf(use);
    }

    /**
     * Amount of work done.
     *
     * @param completed of these, once each
     * @param conflicts decisions whose capacity was taken by others meanwhile, made anew
     */
    public record SimulatedWork(long accepted, long completed, long decisions, long conflicts, long calls) {}

    /**
     * Safety violations, all of which must be zero but the last one.
     *
     * @param lost acknowledged and not completed at the end
     * @param callsWithoutLease calls begun by a former owner
     * @param overlappingCalls of two owners, for one graph at one time
     * @param doubledPasses over one graph at one time under one epoch
     * @param refusedWrites of a former owner: the fence that was needed
     */
    public record Safety(
            long lost,
            long repeated,
            long callsWithoutLease,
            long overlappingCalls,
            long doubledPasses,
            long refusedWrites) {

        public boolean isGood() {
            return lost == 0 && repeated == 0 && callsWithoutLease == 0 && overlappingCalls == 0 && doubledPasses == 0;
        }
    }

    /**
     * Durations and rates.
     *
     * @param graphsPerSecond of all graphs, from the first request until the last one ran
     * @param p50Seconds from arrival to running
     * @param acceptP99Millis from arrival to the acknowledgement
     */
    public record Timing(
            double graphsPerSecond, double seconds, double p50Seconds, double p99Seconds, double acceptP99Millis) {}

    /**
     * @param takeoverSeconds from the fault until others own all partitions of the lost owner; 0 without a fault
     * @param lookedSeconds from the fault until a pass over each of its graphs
     * @param lossDecidedSeconds from the loss of a region's clusters until all its graphs are decided anew, without the grace
     * @param lossRunningSeconds the same, until they run
     */
    public record Recovery(
            double takeoverSeconds,
            double lookedSeconds,
            double lossDecidedSeconds,
            double lossRunningSeconds,
            long lostGraphs) {}

    /**
     * Returns the bottleneck: the resource with the highest utilisation. Workers come last, because they are held while they
     * wait for other resources.
     */
    public String bottleneck() {
        return use.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(WORKERS) && entry.getValue() >= SCARCE)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(WORKERS);
    }
}
