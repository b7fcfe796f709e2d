// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import java.util.List;
import java.util.Set;

/** Creates requests to deployers. */
public final class ReleaseRequests {

    private final AdapterPorts ports;
    private final String owner;
    private final ReleaseDigests digests = new ReleaseDigests();

    /** @param owner id of this installation, which everything outside is marked with */
    ReleaseRequests(AdapterPorts ports, String owner) {
        this.ports = ports;
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    JsonObject values(Graph graph, ServiceSpec service, DecidedGraph decided, List<Share> shares) {
        return ReleaseValues.merge(graph, service, clusters(shares), imports(graph, service, decided));
    }

    /** The digest of a service's release with these shares, worked out where its values are other ones than last. */
    String digest(Graph graph, ServiceSpec service, DecidedGraph decided, List<Share> shares) {
        return digests.compute(
                new WorkloadRef(graph.id(), service.id()),
                graph,
                clusters(shares),
                imports(graph, service, decided),
                () -> ReleaseState.digestOf(service.artifact().reference(), values(graph, service, decided, shares)));
    }

    void forget(WorkloadRef workload) {
        digests.forget(workload);
    }

    private static List<ClusterId> clusters(List<Share> shares) {
        return shares.stream().map(Share::cluster).sorted().toList();
    }

    private static List<ClusterId> imports(Graph graph, ServiceSpec service, DecidedGraph decided) {
        return ReleaseValues.imports(
                graph, service.id(), decided.placement(), decided.transition().leaving());
    }

    public InstallRequest create(
            GraphRecord record, Graph graph, ServiceSpec service, DecidedGraph decided, List<Share> shares) {
        return create(record, service, decided, shares, values(graph, service, decided, shares));
    }

    InstallRequest create(
            GraphRecord record, ServiceSpec service, DecidedGraph decided, List<Share> shares, JsonObject values) {
        return new InstallRequest(
                new StepKey(new WorkloadRef(record.id(), service.id()), decided.assignment(), "install"),
                service.artifact(),
                values,
                shares.stream().map(share -> ports.target(share.cluster())).toList(),
                shares.stream().mapToInt(Share::replicas).max().orElse(1),
                decided.effective(service.id()).perReplica(),
                record.desired().generation(),
                owner,
                record.desired().wish().adopts().getOrDefault(service.id(), Set.of()));
    }
}
