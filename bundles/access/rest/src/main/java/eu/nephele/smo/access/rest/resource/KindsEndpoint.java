// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceKind.Scope;
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
import java.util.Map;
import java.util.TreeMap;

/** Kinds of resources: those of installed bundles and those of the server itself. */
@Path("api/v1/kinds")
@Produces(MediaType.APPLICATION_JSON)
public final class KindsEndpoint {

    private final ResourceService resources;

    public KindsEndpoint(ResourceService resources) {
        this.resources = resources;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        Map<String, ObjectNode> byName = new TreeMap<>();
        for (OwnPaths own : OwnPaths.values()) {
            byName.put(own.kind(), json(own));
        }
        resources.kinds().forEach(kind -> byName.put(kind.name(), json(kind)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("items").addAll(byName.values());
        return Responses.cacheable(request, answer);
    }

    @GET
    @Path("{kind}")
    public Response get(@PathParam("kind") String name, @Context ContainerRequestContext request) {
        ObjectNode kind = new ScopeValidator(resources)
                .kind(name)
                .map(KindsEndpoint::json)
                .or(() -> OwnPaths.find(name).map(KindsEndpoint::json))
                .orElseThrow(() -> notThere(name));
        return Responses.cacheable(request, kind);
    }

    private SmoException notThere(String name) {
        return SmoException.notFound("Kind %s has no controller; kinds with a controller: %s"
                .formatted(
                        name, resources.kinds().stream().map(ResourceKind::name).toList()));
    }

    private static ObjectNode json(ResourceKind kind) {
        ObjectNode node = json(kind.name(), kind.scope()).put("documentVersion", kind.documentVersion());
        ArrayNode fields = node.putArray("fields");
        kind.fields().stream().sorted().forEach(fields::add);
        node.putRawValue("schema", new RawValue(kind.schema()));
        return node.put("href", "/api/v1/kinds/" + kind.name());
    }

    /** Writes a kind; its documents are described by its paths in the contract. */
    private static ObjectNode json(OwnPaths own) {
        ObjectNode node = json(own.kind(), own.scope()).put("documentVersion", 1);
        node.putArray("fields");
        node.putObject("schema").put("type", "object");
        return node.put("href", own.path()).put("ownPath", true);
    }

    private static ObjectNode json(String name, Scope scope) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("scope", scope.name().toLowerCase(Locale.ROOT));
    }
}
