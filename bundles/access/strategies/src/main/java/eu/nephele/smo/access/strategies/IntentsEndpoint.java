// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Installed intents. */
@Path("api/v1/intents")
@Produces(MediaType.APPLICATION_JSON)
public final class IntentsEndpoint {

    private final StrategyCatalog catalog;

    public IntentsEndpoint(StrategyCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return ListResponse.answer(request, catalog.intents(), IntentsEndpoint::json);
    }

    private static JsonNode json(InstalledIntent intent) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", intent.name());
        node.put("bundle", intent.bundle());
        node.put("version", intent.version());
        ObjectNode schemas = node.putObject("schemas");
        intent.schemas()
                .forEach(
                        (scope, schema) -> schemas.set(scope.name().toLowerCase(Locale.ROOT), StrictJson.node(schema)));
        return node;
    }
}
