// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.CallSender;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.model.SmoVersion;
import eu.nephele.smo.access.client.resource.ClusterCalls;
import eu.nephele.smo.access.client.resource.EventCalls;
import eu.nephele.smo.access.client.resource.FleetCalls;
import eu.nephele.smo.access.client.resource.GraphCalls;
import eu.nephele.smo.access.client.resource.IdentityCalls;
import eu.nephele.smo.access.client.resource.InfrastructureCalls;
import eu.nephele.smo.access.client.resource.OperationCalls;
import eu.nephele.smo.access.client.resource.PluginCalls;
import eu.nephele.smo.access.client.resource.QuotaCalls;
import eu.nephele.smo.access.client.resource.ResourceCalls;
import eu.nephele.smo.access.client.resource.ShadowCalls;
import eu.nephele.smo.access.client.resource.StrategyCalls;
import eu.nephele.smo.access.client.resource.WebhookCalls;
import java.net.URI;
import java.util.Optional;

/**
 * Client of the REST API of one server. It makes {@link SmoCall calls}, which are sent at once or later, and can be used by any
 * number of threads.
 */
public final class SmoClient {

    private final CallFactory calls;

    private SmoClient(CallFactory calls) {
        this.calls = calls;
    }

    /** A client without a token that trusts whom Java trusts and retries as usual. */
    public static SmoClient connect(URI server) {
        return create(ClientSettings.standard(server));
    }

    public static SmoClient create(ClientSettings settings) {
        return new SmoClient(new CallFactory(
                new CallSender(settings.server(), settings.tokens(), settings.transport(), settings.retries())));
    }

    public URI server() {
        return calls.sender().server();
    }

    public GraphCalls graphs(String project) {
        return new GraphCalls(calls, project);
    }

    public OperationCalls operations() {
        return new OperationCalls(calls);
    }

    public ClusterCalls clusters() {
        return new ClusterCalls(calls);
    }

    public StrategyCalls strategies() {
        return new StrategyCalls(calls);
    }

    public PluginCalls plugins() {
        return new PluginCalls(calls);
    }

    public ShadowCalls shadows() {
        return new ShadowCalls(calls);
    }

    public FleetCalls fleet() {
        return new FleetCalls(calls);
    }

    public EventCalls events() {
        return new EventCalls(calls);
    }

    public WebhookCalls webhooks() {
        return new WebhookCalls(calls);
    }

    public IdentityCalls identity() {
        return new IdentityCalls(calls);
    }

    public QuotaCalls quotas() {
        return new QuotaCalls(calls);
    }

    public ResourceCalls resources() {
        return new ResourceCalls(calls);
    }

    public InfrastructureCalls infrastructure() {
        return new InfrastructureCalls(calls);
    }

    public SmoCall<SmoVersion> version() {
        return calls.get(CallFactory.nativePath("version")).as(SmoVersion::from);
    }

    /** Reads whatever has no type here; {@code path} with its query. */
    public SmoCall<JsonNode> call(String path) {
        return calls.get(path);
    }

    /**
     * Changes whatever has no type here. It is not sent again after a lost connection, unless {@link SmoCall#withIdempotencyKey} gives it a
     * key, for an operation that takes one by the contract.
     */
    public SmoCall<JsonNode> call(String method, String path, Optional<RequestBody> body) {
        return calls.change(method, path, body).within(CallFactory.LONGEST_ANSWER);
    }

    /** For requests that are neither: downloads, streams, other headers. */
    public CallFactory calls() {
        return calls;
    }
}
