// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The schema of descriptors, derived from the installed intents and strategies. */
@Path("api/v1/schemas")
public final class SchemasEndpoint {

    private static final MediaType SCHEMA = new MediaType("application", "schema+json");

    private final DescriptorReader reader;

    public SchemasEndpoint(DescriptorReader reader) {
        this.reader = reader;
    }

    @GET
    @Path("hdag")
    @Produces({"application/schema+json", MediaType.APPLICATION_JSON})
    public Response descriptor(@Context ContainerRequestContext request) {
        return Responses.cacheable(request, StrictJson.node(reader.schema()), SCHEMA);
    }
}
