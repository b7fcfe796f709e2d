// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.List;

/**
 * A service on a cluster whose replicas are due to be decided.
 *
 * @param share where it is, with its replicas there
 * @param totalReplicas over all its clusters
 */
record ScalingCandidate(GraphRecord record, Graph graph, ServiceSpec service, Share share, int totalReplicas) {

    /** Whose requests count for it. */
    WorkloadRef measured() {
        return new WorkloadRef(graph.id(), service.scaling().metricService().orElse(service.id()));
    }

    /** The part of the service's requests that goes to this cluster. */
    double portion() {
        return totalReplicas == 0 ? 1 : (double) share.replicas() / totalReplicas;
    }

    List<SourcedSelection> wishes() {
        return wishes(record, graph, service);
    }

    /** Who wants which scaling strategy for a service, most important first. */
    static List<SourcedSelection> wishes(GraphRecord record, Graph graph, ServiceSpec service) {
        return List.of(
                new SourcedSelection("request", record.desired().override().scaling()),
                new SourcedSelection("service", service.scaling().strategy()),
                new SourcedSelection("descriptor", graph.scaling()));
    }
}
