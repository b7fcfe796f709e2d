// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Installed objectives. */
@Path("api/v1/objectives")
@Produces(MediaType.APPLICATION_JSON)
public final class ObjectivesEndpoint {

    private final StrategyCatalog catalog;

    public ObjectivesEndpoint(StrategyCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return ListResponse.answer(request, catalog.objectives(), ObjectivesEndpoint::json);
    }

    private static JsonNode json(InstalledObjective objective) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", objective.name())
                .put("unit", objective.unit())
                .put("bundle", objective.bundle())
                .put("version", objective.version())
                .put("defaultWeight", objective.defaultWeight());
    }
}
