// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** Who is asking. */
@Path("api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
public final class CallerEndpoint {

    private final SessionService sessions;
    private final Supplier<List<String>> guardedChanges;

    /** @param guardedChanges as {@link eu.nephele.smo.core.contract.access.AccessGate#guardedChanges} */
    public CallerEndpoint(SessionService sessions, Supplier<List<String>> guardedChanges) {
        this.sessions = sessions;
        this.guardedChanges = guardedChanges;
    }

    @GET
    public Response get(@Context ContainerRequestContext request) {
        List<JsonValue> guarded =
                guardedChanges.get().stream().<JsonValue>map(JsonString::new).toList();
        return Responses.cacheable(
                request, sessions.whoAmI(RequestCaller.from(request)).with("guardedChanges", new JsonArray(guarded)));
    }
}
