// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.scale.model;

/**
 * Properties of one owner, the database, the outside systems and leases.
 *
 * @param owner a server process
 * @param costs processor time that a graph costs a server process
 * @param database one database server
 * @param world adapters and clusters
 * @param lease of a partition
 */
public record ScaleSettings(
        OwnerSettings owner, StationCosts costs, DatabaseSettings database, WorldSettings world, LeaseSettings lease) {

    /**
     * A server process.
     *
     * @param cores of its machine
     * @param workers graphs that it works on at the same time
     * @param calls that its adapters make at the same time
     */
    public record OwnerSettings(int cores, int workers, int calls) {}

    /**
     * Processor time of the server, without that of the database server and of the outside.
     *
     * @param acceptMicros of a request until it is acknowledged
     * @param decideMicros of a decision, beside what grows with pairs
     * @param decideMicrosPerPair of a service and a cluster that a decision looks at
     * @param installMicros of the installation of one service
     * @param confirmMicros of the pass that finds everything running
     * @param lookMicros of a look at a graph by somebody who has just become its owner
     * @param steady what is used all the time
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
     * Processor time that is used all the time: drift, scaling, clusters that are watched.
     *
     * @param microsPerGraph that runs, in one second
     * @param microsPerCluster that an owner sees, in one second
     */
    public record Steady(double microsPerGraph, double microsPerCluster) {}

    /**
     * One database server.
     *
     * @param cores of its machine
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
     * @param startMicros until what was installed runs
     * @param pollMicros between two looks at a graph that does not run yet
     * @param retryMicros after which a client comes again that was not served
     */
    public record WorldSettings(long callMicros, long startMicros, long pollMicros, long retryMicros) {}

    /**
     * A lease.
     *
     * @param micros for which it is valid
     * @param renewals within that time
     */
    public record LeaseSettings(long micros, int renewals) {

        long renewMicros() {
            return micros / renewals;
        }
    }
}
