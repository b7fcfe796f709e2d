// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.model.SmoCluster;
import eu.nephele.smo.access.client.model.SmoClusterDirective;
import eu.nephele.smo.access.client.model.SmoOperation;
import java.time.Duration;
import java.util.Optional;

/** Clusters; each is named {@code name} or {@code source/name}. */
public final class ClusterCalls {

    private final CallFactory calls;

    public ClusterCalls(CallFactory calls) {
        this.calls = calls;
    }

    public PagedItems<SmoCluster> list() {
        return new PagedItems<>(calls, CallFactory.nativePath("clusters"), SmoCluster::from);
    }

    public SmoCall<SmoCluster> get(String cluster) {
        return calls.get(path(cluster)).as(SmoCluster::from);
    }

    /** No new placements there. */
    public SmoCall<SmoClusterDirective> cordon(String cluster, String reason) {
        return calls.keyed("POST", path(cluster) + "/cordon", reason(reason)).as(SmoClusterDirective::from);
    }

    public SmoCall<SmoClusterDirective> uncordon(String cluster) {
        return calls.keyed("POST", path(cluster) + "/uncordon", reason("")).as(SmoClusterDirective::from);
    }

    /** Moves all services away. */
    public SmoCall<SmoOperation> drain(String cluster, String reason, Duration wait) {
        return calls.keyed("POST", path(cluster) + "/drain" + CallFactory.waiting(wait), reason(reason))
                .as(SmoOperation::from);
    }

    private static Optional<RequestBody> reason(String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return Optional.of(RequestBody.json(
                reason.isEmpty() ? "{}" : body.put("reason", reason).toString()));
    }

    private static String path(String cluster) {
        return CallFactory.nativePath("clusters") + CallFactory.path(cluster.split("/", 2));
    }
}
