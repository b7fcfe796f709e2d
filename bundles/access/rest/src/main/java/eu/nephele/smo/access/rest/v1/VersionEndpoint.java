// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.docs.BuildInfo;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Version of this program. */
@Path("api/v1/version")
public final class VersionEndpoint {

    private final BuildInfo build;

    public VersionEndpoint(BuildInfo build) {
        this.build = build;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response get(@Context ContainerRequestContext request) {
        return Responses.cacheable(
                request,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "smo")
                        .put("version", build.version())
                        .put("api", "v1")
                        .put("java", Runtime.version().toString()));
    }
}
