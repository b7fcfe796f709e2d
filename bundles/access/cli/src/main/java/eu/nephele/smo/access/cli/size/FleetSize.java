// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

/** @param services of each graph */
record FleetSize(int graphs, int services, int clusters) {

    FleetSize {
        if (graphs < 1 || services < 1 || clusters < 1) {
            throw new IllegalArgumentException("graphs, services and clusters are 1 or more");
        }
    }
}
