// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.access.http.Caller;
import eu.nephele.smo.access.http.SmallBodies;
import eu.nephele.smo.access.http.Submission;
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

/** What decides when nobody says. */
@Path("api/v1/defaults")
@Produces(MediaType.APPLICATION_JSON)
public final class Defaults {

    private final StrategyCatalog catalog;
    private final DefaultsControl control;

    public Defaults(StrategyCatalog catalog, DefaultsControl control) {
        this.catalog = catalog;
        this.control = control;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return Items.answer(request, catalog.defaults(Caller.of(request)), Defaults::json);
    }

    @PUT
    @Path("{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(@PathParam("key") String key, @Context ContainerRequestContext call, InputStream body) {
        String value = SmallBodies.value(body);
        return Answers.json(200, json(Submission.of(call).ask(from -> control.set(key, value, from))))
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
