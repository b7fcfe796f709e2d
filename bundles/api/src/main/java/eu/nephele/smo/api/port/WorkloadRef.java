// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.GraphId;

/**
 * One service of one graph in the outside world. Release, Deployment and Service have the name {@code service} in the namespace
 * {@code graph.project()}.
 */
public record WorkloadRef(GraphId graph, String service) implements Comparable<WorkloadRef> {

    @Override
    public int compareTo(WorkloadRef other) {
        int byGraph = graph.compareTo(other.graph);
        return byGraph != 0 ? byGraph : service.compareTo(other.service);
    }

    /** {@code project/graph/service}. */
    @Override
    public String toString() {
        return graph + "/" + service;
    }
}
