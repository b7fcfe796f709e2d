// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Optional;

/**
 * One simulation.
 *
 * @param databases that the regions are divided among, as are the rows of their clusters
 */
public record ScaleScenario(
        ScaleSettings settings,
        Fleet fleet,
        int owners,
        int databases,
        Load load,
        Optional<InjectedFault> fault,
        long seed) {

    public ScaleScenario {
        boolean alone = owners == 1;
        if (owners < 1 || databases < 1) {
            throw new IllegalArgumentException("owners and databases are 1 or more");
        }
        if (alone
                && fault.filter(it -> it.kind() == InjectedFault.ScenarioKind.KILLED && it.forMicros() == 0)
                        .isPresent()) {
            throw new IllegalArgumentException("The only owner has no successor: it has to be started anew");
        }
    }

    public sealed interface Load {

        /** Clients that deploy one graph after the other, each the next one when the last one was accepted. */
        record ClosedLoopLoad(int clients) implements Load {}

        /**
         * Random arrivals, independent of the servers.
         *
         * @param perSecond on average
         * @param burst that come in one moment every now and then, beside them; 0 for none
         */
        record OpenLoopLoad(double perSecond, int burst, long burstEveryMicros) implements Load {}
    }

    /**
     * A fault injected into owner 0.
     *
     * @param forMicros duration of a stall, or until the restart of a killed process; 0: none
     */
    public record InjectedFault(ScenarioKind kind, long atMicros, long forMicros) {

        /** Killed for good, or stopped for a while with all its pending work. */
        public enum ScenarioKind {
            KILLED,
            STOPPED
        }
    }

    /**
     * Graphs and clusters. A graph belongs to one region, a share of graphs runs in a second one, too.
     *
     * @param services of each
     * @param slices that the graphs of a region are divided into; each slice is a partition with a lease of its own
     */
    public record Fleet(int graphs, int services, int clusters, int regions, int slices, Spread spread) {

        public Fleet {
            if (clusters < regions || regions < 1 || slices < 1) {
                throw new IllegalArgumentException("%d clusters in %d regions of %d slices: each has at least one"
                        .formatted(clusters, regions, slices));
            }
        }

        int clustersPerRegion() {
            return clusters / regions;
        }
    }

    /**
     * How decisions spread.
     *
     * @param crossShare of graphs that run in two regions
     * @param hotShare of graphs for which the first cluster with room is the best, for all the same
     * @param room capacity of all clusters, as a multiple of the need of all graphs
     * @param wholeView whether a decision considers the clusters of all regions, and not only of those of its graph
     */
    public record Spread(double crossShare, double hotShare, int clustersPerGraph, double room, boolean wholeView) {}
}
