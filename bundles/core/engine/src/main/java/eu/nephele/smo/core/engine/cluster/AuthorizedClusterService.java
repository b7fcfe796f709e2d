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

    private final ClusterOperations clusterOperations;
    private final Authorizer authorizer;

    public AuthorizedClusterService(ClusterOperations clusterOperations, Authorizer authorizer) {
        this.clusterOperations = clusterOperations;
        this.authorizer = authorizer;
    }

    @Override
    public Directive cordon(ClusterId cluster, String reason, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(cluster),
                "cordon",
                () -> clusterOperations.cordon(cluster, reason, call.origin()));
    }

    @Override
    public Directive uncordon(ClusterId cluster, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(cluster),
                "uncordon",
                () -> clusterOperations.uncordon(cluster, call.origin()));
    }

    @Override
    public Operation drain(ClusterId cluster, String reason, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(cluster),
                "drain",
                () -> clusterOperations.drain(cluster, reason, call.origin()));
    }

    @Override
    public Optional<URI> dashboard(ClusterId cluster, CallContext call) {
        return authorizer.find(call, ResourceRef.of(cluster), () -> clusterOperations.dashboard(cluster));
    }

    @Override
    public List<Directive> directives(CallContext call) {
        return authorizer.list(call, directive -> ResourceRef.of(directive.cluster()), clusterOperations::directives);
    }
}
