// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Authorized service for directives of operators about clusters. */
public final class AuthorizedClusterService implements ClusterService {

    private final ClusterOperations desk;
    private final Authorizer keeper;

    public AuthorizedClusterService(ClusterOperations desk, Authorizer keeper) {
        this.desk = desk;
        this.keeper = keeper;
    }

    @Override
    public Directive cordon(ClusterId cluster, String reason, CallContext call) {
        return keeper.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(cluster),
                "cordon",
                () -> desk.cordon(cluster, reason, call.origin()));
    }

    @Override
    public Directive uncordon(ClusterId cluster, CallContext call) {
        return keeper.change(
                call, Verb.OPERATE, ResourceRef.of(cluster), "uncordon", () -> desk.uncordon(cluster, call.origin()));
    }

    @Override
    public Operation drain(ClusterId cluster, String reason, CallContext call) {
        return keeper.change(
                call, Verb.OPERATE, ResourceRef.of(cluster), "drain", () -> desk.drain(cluster, reason, call.origin()));
    }

    @Override
    public Optional<URI> dashboard(ClusterId cluster, CallContext call) {
        return keeper.find(call, ResourceRef.of(cluster), () -> desk.dashboard(cluster));
    }

    @Override
    public List<Directive> directives(CallContext call) {
        return keeper.list(call, directive -> ResourceRef.of(directive.cluster()), desk::directives);
    }
}
