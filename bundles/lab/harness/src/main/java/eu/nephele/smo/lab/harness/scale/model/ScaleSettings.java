// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

/** Properties of one owner, the database, the outside systems and leases. */
public record ScaleSettings(
        OwnerSettings owner, StationCosts costs, DatabaseSettings database, WorldSettings world, LeaseSettings lease) {

    /**
     * A server process.
     *
     * @param workers graphs that it works on at the same time
     * @param calls that its adapters make at the same time
     */
    public record OwnerSettings(int cores, int workers, int calls) {}

    /**
     * Processor time of the server, without that of the database server and of the outside.
     *
     * @param acceptMicros of a request until it is acknowledged
     * @param decideMicros of a decision, without the part that grows with pairs
     * @param decideMicrosPerPair of a service and a cluster that a decision considers
     * @param confirmMicros of the pass that finds everything running
     * @param lookMicros of the first pass of a graph by a new owner
     */
    public record StationCosts(
            long acceptMicros,
            long decideMicros,
            double decideMicrosPerPair,
            long installMicros,
            long confirmMicros,
            long lookMicros,
            Steady steady) {}

    /**
     * Continuous processor time: drift, scaling, observed clusters.
     *
     * @param microsPerGraph that runs, in one second
     * @param microsPerCluster that an owner sees, in one second
     */
    public record Steady(double microsPerGraph, double microsPerCluster) {}

    /**
     * @param commitCpuMicros processor time per transaction, its reads included
     * @param flushMicros until a group of commits is durable
     * @param largestGroup commits of one flush at most
     * @param rowHoldMicros for which a row of the ledger is held per row, beside the flush: round trips of the statements behind it
     * @param commitsPerGraph transactions from acceptance to running
     */
    public record DatabaseSettings(
            int cores,
            long commitCpuMicros,
            long flushMicros,
            int largestGroup,
            long rowHoldMicros,
            int commitsPerGraph) {}

    /**
     * Adapters and clusters.
     *
     * @param callMicros of an adapter's call that installs one service, on average
     * @param startMicros from the installation of a service until it runs
     * @param pollMicros between two passes of a graph that does not run yet
     * @param retryMicros after which a client that was not served retries
     */
    public record WorldSettings(long callMicros, long startMicros, long pollMicros, long retryMicros) {}

    public record LeaseSettings(long micros, int renewals) {

        long renewMicros() {
            return micros / renewals;
        }
    }
}
