// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.Ports;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import java.util.List;
import java.util.Set;

/** What is asked of a deployer for a service. */
public final class ReleaseRequests {

    private final Ports ports;
    private final String owner;

    /** @param owner id of this installation, which everything outside is marked with */
    ReleaseRequests(Ports ports, String owner) {
        this.ports = ports;
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    /** The values of a service's release with these shares. */
    JsonObject values(Graph graph, ServiceSpec service, Decided decided, List<Share> shares) {
        List<ClusterId> clusters = shares.stream().map(Share::cluster).sorted().toList();
        List<ClusterId> imports = ReleaseValues.imports(graph, service.id(), decided.placement(), decided.leaving());
        return ReleaseValues.of(graph, service, clusters, imports);
    }

    /** The release of a service with these shares, as it was decided. */
    public InstallRequest of(
            GraphRecord record, Graph graph, ServiceSpec service, Decided decided, List<Share> shares) {
        return of(record, service, decided, shares, values(graph, service, decided, shares));
    }

    InstallRequest of(GraphRecord record, ServiceSpec service, Decided decided, List<Share> shares, JsonObject values) {
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
