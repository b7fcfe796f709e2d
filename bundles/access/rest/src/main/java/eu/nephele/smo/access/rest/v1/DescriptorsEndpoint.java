// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Checks descriptors without any graph. */
@Path("api/v1/descriptors")
@Produces(MediaType.APPLICATION_JSON)
public final class DescriptorsEndpoint {

    /** A name that every project may have. */
    private static final String ANY_PROJECT = "project";

    private final DeployRequestReader reader;

    public DescriptorsEndpoint(DeployRequestReader reader) {
        this.reader = reader;
    }

    /** An error in a descriptor is what is asked for, and no error of the request. */
    @POST
    @Path("lint")
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    public Response lint(
            @QueryParam("project") @Nullable String project, @Context HttpHeaders headers, InputStream body) {
        LintReport report =
                reader.lint(project == null ? ANY_PROJECT : project, RequestBodies.bytes(body), headers.getMediaType());
        return Responses.json(200, json(report)).build();
    }

    private static ObjectNode json(LintReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("valid", report.errors().isEmpty());
        ArrayNode errors = node.putArray("errors");
        report.errors().forEach(error -> {
            ObjectNode each = errors.addObject().put("pointer", error.pointer()).put("message", error.message());
            each.put("line", error.line() > 0 ? (Integer) error.line() : null);
            each.put("column", error.line() > 0 ? (Integer) error.column() : null);
        });
        ArrayNode warnings = node.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return node.put("services", report.services());
    }
}
