// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoInfrastructureProvider;
import eu.nephele.smo.access.client.model.SmoInfrastructureRequest;
import java.util.List;
import java.util.Optional;

/** Clusters and hosts on demand. */
public final class InfrastructureCalls {

    private final CallFactory calls;

    public InfrastructureCalls(CallFactory calls) {
        this.calls = calls;
    }

    public SmoCall<List<SmoInfrastructureProvider>> providers() {
        return calls.get(CallFactory.nativePath("infrastructure"))
                .as(page -> JsonFields.items(page.path("items"), SmoInfrastructureProvider::from));
    }

    public SmoCall<SmoInfrastructureRequest> create(String provider, JsonNode wish) {
        return request("POST", CallFactory.nativePath("infrastructure", provider), Optional.of(wish.toString()));
    }

    public SmoCall<SmoInfrastructureRequest> scale(String provider, String infrastructure, int nodes) {
        return request(
                "PUT",
                CallFactory.nativePath("infrastructure", provider, "items", infrastructure, "nodes"),
                Optional.of("{\"nodes\":" + nodes + "}"));
    }

    public SmoCall<SmoInfrastructureRequest> remove(String provider, String infrastructure) {
        return request(
                "DELETE",
                CallFactory.nativePath("infrastructure", provider, "items", infrastructure),
                Optional.empty());
    }

    public PagedItems<SmoInfrastructureRequest> requests(String provider) {
        return new PagedItems<>(
                calls, CallFactory.nativePath("infrastructure", provider, "requests"), SmoInfrastructureRequest::from);
    }

    private SmoCall<SmoInfrastructureRequest> request(String method, String path, Optional<String> body) {
        return calls.keyed(method, path, body.map(RequestBody::json)).as(SmoInfrastructureRequest::from);
    }
}
