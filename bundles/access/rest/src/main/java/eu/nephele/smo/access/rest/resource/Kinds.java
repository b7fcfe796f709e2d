// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Kinds of resources that bundles have brought. */
@Path("api/v1/kinds")
@Produces(MediaType.APPLICATION_JSON)
public final class Kinds {

    private final ResourceService resources;

    public Kinds(ResourceService resources) {
        this.resources = resources;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        resources.kinds().forEach(kind -> items.add(json(kind)));
        return Answers.cacheable(request, answer);
    }

    @GET
    @Path("{kind}")
    public Response get(@PathParam("kind") String name, @Context ContainerRequestContext request) {
        ResourceKind kind = new Scopes(resources)
                .kind(name)
                .orElseThrow(() ->
                        SmoException.notFound("No controller of resources of kind %s is there; there are those of %s"
                                .formatted(
                                        name,
                                        resources.kinds().stream()
                                                .map(ResourceKind::name)
                                                .toList())));
        return Answers.cacheable(request, json(kind));
    }

    private static ObjectNode json(ResourceKind kind) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", kind.name())
                .put("scope", kind.scope().name().toLowerCase(Locale.ROOT))
                .put("documentVersion", kind.documentVersion());
        ArrayNode fields = node.putArray("fields");
        kind.fields().stream().sorted().forEach(fields::add);
        node.putRawValue("schema", new RawValue(kind.schema()));
        return node.put("href", "/api/v1/kinds/" + kind.name());
    }
}
