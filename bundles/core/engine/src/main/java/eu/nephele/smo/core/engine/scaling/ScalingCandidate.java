// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.List;

/**
 * A service on a cluster whose replicas are due to be decided. Those of all graphs are in memory at once, so nothing whose size is
 * up to users is kept here.
 *
 * @param record its graph, without the descriptor
 * @param wishes who wants which scaling strategy for it, most important first
 * @param service without the values of its artifact
 * @param share where it is, with its replicas there
 * @param totalReplicas over all its clusters
 */
record ScalingCandidate(
        GraphRecord record, List<SourcedSelection> wishes, ServiceSpec service, Share share, int totalReplicas) {

    /** What is needed of a service of a graph that was read as a whole. */
    static ScalingCandidate of(
            GraphRecord record, List<SourcedSelection> wishes, ServiceSpec service, Share share, int totalReplicas) {
        Artifact artifact = service.artifact();
        Artifact bare = new Artifact(
                artifact.reference(), artifact.kind(), artifact.implementer(), artifact.runtime(), JsonObject.EMPTY);
        return new ScalingCandidate(
                record,
                wishes,
                new ServiceSpec(service.id(), service.trigger(), bare, service.intents(), service.scaling()),
                share,
                totalReplicas);
    }

    GraphId graph() {
        return record.id();
    }

    /** Whose requests count for it. */
    WorkloadRef measured() {
        return new WorkloadRef(graph(), service.scaling().metricService().orElse(service.id()));
    }

    /** The part of the service's requests that goes to this cluster. */
    double portion() {
        return totalReplicas == 0 ? 1 : (double) share.replicas() / totalReplicas;
    }

    /** Who wants which scaling strategy for a service, most important first. */
    static List<SourcedSelection> wishes(GraphRecord record, Graph graph, ServiceSpec service) {
        return List.of(
                new SourcedSelection("request", record.desired().override().scaling()),
                new SourcedSelection("service", service.scaling().strategy()),
                new SourcedSelection("descriptor", graph.scaling()));
    }
}
