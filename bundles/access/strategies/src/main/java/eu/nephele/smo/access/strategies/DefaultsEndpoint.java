// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SmallBodyReader;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Default strategies. */
@Path("api/v1/defaults")
@Produces(MediaType.APPLICATION_JSON)
public final class DefaultsEndpoint {

    private final StrategyCatalog catalog;
    private final DefaultsControl control;

    public DefaultsEndpoint(StrategyCatalog catalog, DefaultsControl control) {
        this.catalog = catalog;
        this.control = control;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return ListResponse.answer(request, catalog.defaults(RequestCaller.from(request)), DefaultsEndpoint::json);
    }

    @PUT
    @Path("{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(@PathParam("key") String key, @Context ContainerRequestContext call, InputStream body) {
        String value = SmallBodyReader.value(body);
        return Responses.json(200, json(ChangeSubmission.create(call).ask(from -> control.set(key, value, from))))
                .build();
    }

    private static JsonNode json(Default value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", value.key())
                .put("value", value.value())
                .put("configured", value.configured())
                .put("remark", value.remark());
    }
}
