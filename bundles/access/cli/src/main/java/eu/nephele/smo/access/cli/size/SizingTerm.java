// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

enum SizingTerm {
    BASE("base"),
    GRAPHS("perGraph"),
    /** of all graphs together */
    ALL_SERVICES("perService"),
    SERVICES_OF_A_GRAPH("perService"),
    /** what a server that has just started uses once, shared out among the graphs */
    WARM_UP("once"),
    CLUSTERS("perCluster"),
    GRAPHS_TIMES_CLUSTERS("perGraphAndCluster");

    private final String key;

    SizingTerm(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    double valueFor(FleetSize fleet) {
        return switch (this) {
            case BASE -> 1;
            case GRAPHS -> fleet.graphs();
            case ALL_SERVICES -> (double) fleet.graphs() * fleet.services();
            case SERVICES_OF_A_GRAPH -> fleet.services();
            case WARM_UP -> 1.0 / fleet.graphs();
            case CLUSTERS -> fleet.clusters();
            case GRAPHS_TIMES_CLUSTERS -> (double) fleet.graphs() * fleet.clusters();
        };
    }
}
