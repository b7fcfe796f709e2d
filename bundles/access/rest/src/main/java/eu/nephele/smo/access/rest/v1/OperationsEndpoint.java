// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.json.OperationJson;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.RecordedTraces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Operations of requests. Operations outlive their graph until retention removes them. */
@Path("api/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
public final class OperationsEndpoint {

    private final OperationService operations;
    private final AsyncWait waiting;
    private final Supplier<Optional<RecordedTraces>> traces;

    public OperationsEndpoint(
            OperationService operations, AsyncWait waiting, Supplier<Optional<RecordedTraces>> traces) {
        this.operations = operations;
        this.waiting = waiting;
        this.traces = traces;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("graph") @Nullable String graph,
            @QueryParam("target") @Nullable String target,
            @QueryParam("open") @Nullable String open) {
        PageRequest page = PageRequest.of(limit, cursor);
        List<Operation> found = operations.list(
                target(graph, target), page.after(), openOnly(open), page.limit() + 1, RequestCaller.from(request));
        return Responses.cacheable(request, page.ofNext(found, Operation::id, OperationJson::summary));
    }

    @GET
    @Path("{operation}")
    public Response get(
            @PathParam("operation") String id,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext request) {
        Duration atMost = AsyncWait.parse(wait);
        CallContext call = RequestCaller.from(request);
        Operation operation = present(id, call);
        return Responses.cacheable(request, OperationJson.whole(waiting.on(operations, operation, atMost, call)));
    }

    @GET
    @Path("{operation}/trace")
    public Response trace(@PathParam("operation") String id, @Context ContainerRequestContext request) {
        Operation operation = present(id, RequestCaller.from(request));
        return OperationTrace.context(operation)
                .flatMap(context -> traces.get().flatMap(recorded -> recorded.find(context.traceId())))
                .map(trace -> Responses.cacheable(request, TraceJson.whole(operation, trace)))
                .orElseThrow(
                        () -> SmoException.notFound(("No trace of operation %s is kept here: the server keeps those"
                                        + " of the latest operations since its start (keptTraces of"
                                        + " eu.nephele.smo.ops.tracing)")
                                .formatted(id)));
    }

    private Operation present(String id, CallContext call) {
        return operations
                .find(id, call)
                .orElseThrow(() -> SmoException.notFound(
                        "Operation %s does not exist; final operations are kept for a limited time".formatted(id)));
    }

    @POST
    @Path("{operation}/cancel")
    public Response cancel(@PathParam("operation") String id, @Context ContainerRequestContext call) {
        Operation cancelled = ChangeSubmission.create(call).ask(from -> operations.cancel(id, from));
        return Responses.json(200, OperationJson.whole(cancelled)).build();
    }

    private static Optional<ResourceRef> target(@Nullable String graph, @Nullable String target) {
        if (graph != null && target != null) {
            throw PageRequest.invalid("graph and target both select a resource; give one of them");
        }
        return Optional.ofNullable(graph).map(OperationsEndpoint::graphOf).or(() -> Optional.ofNullable(target)
                .map(OperationsEndpoint::targetOf));
    }

    private static ResourceRef targetOf(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2
                || parts.length > 3
                || !ResourceRef.KINDS.matcher(parts[0]).matches()) {
            throw PageRequest.invalid("target is '%s', expected kind/name or kind/project/name".formatted(text));
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            throw PageRequest.invalid("target is '%s', which is not a valid reference".formatted(text));
        }
        // the name of a cluster begins with its source
        return parts.length == 2 || parts[0].equals(ResourceRef.CLUSTER)
                ? new ResourceRef(parts[0], "", text.substring(parts[0].length() + 1))
                : new ResourceRef(parts[0], parts[1], name);
    }

    private static ResourceRef graphOf(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw PageRequest.invalid("graph is '%s', expected project/name".formatted(text));
        }
        return ResourceRef.of(new GraphId(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static boolean openOnly(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw PageRequest.invalid("open is '%s', expected true or false".formatted(text));
    }
}
