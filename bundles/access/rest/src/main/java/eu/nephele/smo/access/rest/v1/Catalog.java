// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.access.http.SmallBodies;
import eu.nephele.smo.access.http.Submission;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.json.Json;
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
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is installed now beside strategies: objectives, intents, and the schema that they make together. */
@Path("api/v1")
public final class Catalog {

    private static final MediaType SCHEMA = new MediaType("application", "schema+json");

    private final StrategyCatalog catalog;
    private final DescriptorReader reader;
    private final DefaultsControl defaults;

    public Catalog(StrategyCatalog catalog, DescriptorReader reader, DefaultsControl defaults) {
        this.catalog = catalog;
        this.reader = reader;
        this.defaults = defaults;
    }

    @GET
    @Path("objectives")
    @Produces(MediaType.APPLICATION_JSON)
    public Response objectives(@Context ContainerRequestContext request) {
        return list(request, catalog.objectives(), Catalog::objective);
    }

    @GET
    @Path("defaults")
    @Produces(MediaType.APPLICATION_JSON)
    public Response defaults(@Context ContainerRequestContext request) {
        return list(request, catalog.defaults(), Catalog::defaulted);
    }

    @PUT
    @Path("defaults/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response set(@PathParam("key") String key, @Context ContainerRequestContext call, InputStream body) {
        String value = SmallBodies.value(body);
        return Answers.json(200, defaulted(Submission.of(call).ask(from -> defaults.set(key, value, from))))
                .build();
    }

    @GET
    @Path("intents")
    @Produces(MediaType.APPLICATION_JSON)
    public Response intents(@Context ContainerRequestContext request) {
        return list(request, catalog.intents(), Catalog::intent);
    }

    @GET
    @Path("schemas/hdag")
    @Produces({"application/schema+json", MediaType.APPLICATION_JSON})
    public Response schema(@Context ContainerRequestContext request) {
        return Answers.cacheable(request, Json.node(reader.schema()), SCHEMA);
    }

    private static <T> Response list(ContainerRequestContext request, List<T> all, Function<T, JsonNode> json) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        all.forEach(item -> items.add(json.apply(item)));
        return Answers.cacheable(request, answer);
    }

    private static JsonNode objective(InstalledObjective objective) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", objective.name())
                .put("unit", objective.unit())
                .put("bundle", objective.bundle())
                .put("version", objective.version())
                .put("defaultWeight", objective.defaultWeight());
    }

    private static JsonNode defaulted(Default value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", value.key())
                .put("value", value.value())
                .put("configured", value.configured())
                .put("remark", value.remark());
    }

    private static JsonNode intent(InstalledIntent intent) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", intent.name());
        node.put("bundle", intent.bundle());
        node.put("version", intent.version());
        ObjectNode schemas = node.putObject("schemas");
        intent.schemas()
                .forEach((scope, schema) -> schemas.set(scope.name().toLowerCase(Locale.ROOT), Json.node(schema)));
        return node;
    }
}
