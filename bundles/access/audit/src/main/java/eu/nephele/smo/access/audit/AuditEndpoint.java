// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.audit;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditPart;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditService;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Path("api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditEndpoint {

    private static final String LINES = "application/x-ndjson";

    private final AuditService audit;

    public AuditEndpoint(AuditService audit) {
        this.audit = audit;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("after") @Nullable String after,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("target") @Nullable String target,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        AuditQuery query = new AuditQuery(
                AuditQueryParameters.sequence(page.after().orElse(after)),
                AuditQueryParameters.instant("from", from),
                AuditQueryParameters.instant("to", to),
                QueryParameters.text(actor),
                QueryParameters.text(action),
                QueryParameters.text(target),
                QueryParameters.text(outcome));
        List<AuditEntry> found = audit.entries(query, page.limit() + 1, RequestCaller.from(request));
        return Responses.cacheable(
                request,
                page.ofNext(
                        found,
                        entry -> Long.toString(entry.sequence()),
                        entry -> StrictJson.node(AuditJson.entry(entry))));
    }

    @GET
    @Path("export")
    @Produces(LINES)
    public Response export(@Context ContainerRequestContext request, @QueryParam("after") @Nullable String after) {
        CallContext call = RequestCaller.from(request);
        // The first part is read before the answer begins: what goes wrong until then is a problem with a status.
        AuditPart first = audit.part(AuditQueryParameters.sequence(after), call);
        return head().entity((StreamingOutput) out -> write(first, call, out)).build();
    }

    private void write(AuditPart first, CallContext call, OutputStream out) throws IOException {
        AuditPart part = first;
        part.lines().transferTo(out);
        while (part.more()) {
            part = audit.part(part.last(), call);
            part.lines().transferTo(out);
        }
    }

    /** Explicit method: a GET with a discarded body would read the whole audit. */
    @HEAD
    @Path("export")
    @Produces(LINES)
    public Response headOfExport() {
        return head().build();
    }

    private static Response.ResponseBuilder head() {
        return Response.ok().type(LINES).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @GET
    @Path("head")
    public Response state(@Context ContainerRequestContext request) {
        return Responses.cacheable(request, AuditJson.state(audit.state(RequestCaller.from(request))));
    }

    @GET
    @Path("keys")
    public Response keys(@Context ContainerRequestContext request) {
        return Responses.cacheable(
                request,
                new JsonFieldWriter()
                        .put("items", JsonFieldWriter.array(audit.keys(RequestCaller.from(request)), AuditJson::key))
                        .object());
    }
}
