// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;

/** Clusters that their operator has dedicated to one project, by a label. Graphs of other projects are not placed there. */
final class DedicatedClusters {

    static final String LABEL = "smo.nephele.eu/dedicated-to";

    private DedicatedClusters() {}

    /** Why the graph may not be there; "" when it may. */
    static String why(ClusterCapacity cluster, GraphId graph) {
        String project = cluster.labels().getOrDefault(LABEL, "");
        return project.isEmpty() || project.equals(graph.project())
                ? ""
                : "the cluster is dedicated to project " + project;
    }
}
