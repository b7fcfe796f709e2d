// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Responses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The root: links to the parts of the REST API, as a page for browsers and as JSON for other clients. */
@Path("")
public final class RootEndpoint {

    private static final List<RootLink> PLACES = List.of(
            new RootLink("dashboard", "/dashboard/", "The page for operators, where it is installed"),
            new RootLink("docs", "/docs/", "The interface, to read and to try"),
            new RootLink("openapi", "/openapi.yaml", "The same as an OpenAPI document"),
            new RootLink("api", "/api/v1/version", "The interface, version 1"),
            new RootLink("health", "/health", "Whether the server is alive and ready"),
            new RootLink("metrics", "/metrics", "Measurements for Prometheus"),
            new RootLink(
                    "console", "/system/console/smo", "The web console, for the administrator, where it is installed"));

    private final BuildInfo build;

    private record RootLink(String name, String path, String what) {}

    public RootEndpoint(BuildInfo build) {
        this.build = build;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response places() {
        ObjectNode entry =
                JsonNodeFactory.instance.objectNode().put("name", "smo").put("version", build.version());
        ObjectNode links = entry.putObject("links");
        PLACES.forEach(rootLink -> links.put(rootLink.name(), rootLink.path()));
        return Responses.json(200, entry).build();
    }

    /** Answers with JSON when the client accepts anything, because it is a program. */
    @GET
    @Produces("text/html;charset=UTF-8;qs=0.5")
    public Response page() {
        String items = PLACES.stream()
                .map(rootLink -> "<li><a href=\"%s\">%s</a>: %s</li>"
                        .formatted(rootLink.path(), rootLink.path(), rootLink.what()))
                .collect(Collectors.joining("\n"));
        String page = """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Synergetic Meta-Orchestrator</title></head>
                <body>
                <h1>Synergetic Meta-Orchestrator %s</h1>
                <ul>
                %s
                </ul>
                </body>
                </html>
                """.formatted(build.version(), items);
        return Response.ok(page.getBytes(StandardCharsets.UTF_8), "text/html;charset=UTF-8")
                .build();
    }
}
