// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The contract of the REST API, and pages to read and try it, served from this bundle. */
@Path("")
public final class DocsEndpoint {

    private static final MediaType YAML = new MediaType("application", "yaml", "UTF-8");
    private static final String OURS = "/eu/nephele/smo/access/rest/docs/";

    private final JoinedContract contract;
    private final Map<String, Page> pages;

    private record Page(String resource, String type) {}

    public DocsEndpoint(BuildInfo build, JoinedContract contract) {
        this.contract = contract;
        String theirs = "/META-INF/resources/webjars/swagger-ui/" + build.swaggerUiVersion() + "/";
        this.pages = Map.of(
                "index.html", new Page(OURS + "index.html", "text/html;charset=UTF-8"),
                "start.js", new Page(OURS + "start.js", "text/javascript;charset=UTF-8"),
                "swagger-ui.css", new Page(theirs + "swagger-ui.css", "text/css;charset=UTF-8"),
                "swagger-ui-bundle.js", new Page(theirs + "swagger-ui-bundle.js", "text/javascript;charset=UTF-8"),
                "favicon-32x32.png", new Page(theirs + "favicon-32x32.png", "image/png"));
    }

    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    public Response contract(@Context Request request) {
        return Responses.cacheable(request, contract.yaml().getBytes(StandardCharsets.UTF_8), YAML);
    }

    @GET
    @Path("docs")
    public Response index(@Context UriInfo uris) {
        // The page names its parts relative to /docs/.
        return uris.getRequestUri().getRawPath().endsWith("/")
                ? page("index.html")
                : Response.seeOther(uris.getBaseUriBuilder().path("docs/").build())
                        .build();
    }

    @GET
    @Path("docs/{file}")
    public Response page(@PathParam("file") String file) {
        Page page = pages.get(file);
        if (page == null) {
            throw SmoException.notFound("The documentation has no page %s; it begins at /docs/".formatted(file));
        }
        return Response.ok(content(page.resource()), page.type())
                .header(HttpHeaders.CACHE_CONTROL, "max-age=3600")
                .build();
    }

    private static byte[] content(String resource) {
        try (InputStream file = DocsEndpoint.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("%s is missing in the bundle".formatted(resource));
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s cannot be read".formatted(resource), unreadable);
        }
    }
}
