// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.Conditional;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.http.json.OperationJson;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One resource of any kind, observed and desired. Changes are accepted at once and made in the background. */
@Path("api/v1/kinds/{kind}/resources/{name}")
@Produces(MediaType.APPLICATION_JSON)
public final class ResourceEndpoint {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    /** A generation that no resource has: a request with it changes nothing; a repeated one is still answered. */
    private static final OptionalLong NEVER = OptionalLong.of(Long.MAX_VALUE);

    private final ResourceService resources;
    private final OperationAnswers answers;

    public ResourceEndpoint(ResourceService resources, OperationAnswers answers) {
        this.resources = resources;
        this.answers = answers;
    }

    @GET
    public Response get(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext request) {
        ResourceRef ref = checked(ref(kind, name, project));
        Resource resource = resources
                .find(ref, RequestCaller.from(request))
                .orElseThrow(() -> SmoException.notFound("There is no %s".formatted(ref)));
        return Responses.cacheable(request, ResourceJson.toJson(resource));
    }

    @PUT
    @Conditional
    @Consumes(MediaType.APPLICATION_JSON)
    public Response apply(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext call,
            InputStream body) {
        // a wrong project is reported by the service, together with other mistakes
        ResourceRef ref = ref(kind, name, project);
        Duration atMost = AsyncWait.parse(wait);
        DesiredResourceBody wish = DesiredResourceBody.read(body);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Accepted accepted = compared(
                ref,
                submission,
                call,
                headers,
                generation -> submission.ask(from -> resources.apply(ref, wish.on(generation), from)));
        return accepted.operation()
                .map(operation -> answer(submission, accepted, operation, atMost))
                .orElseGet(
                        () -> unchanged(accepted.resource(), Optional.empty()).build());
    }

    @DELETE
    @Conditional
    public Response remove(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("force") @Nullable String force,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext call) {
        ResourceRef ref = checked(ref(kind, name, project));
        Duration atMost = AsyncWait.parse(wait);
        boolean forgotten = QueryParameters.flag("force", force);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Operation operation = compared(
                ref,
                submission,
                call,
                headers,
                generation -> submission.ask(from ->
                        forgotten ? resources.forget(ref, generation, from) : resources.remove(ref, generation, from)));
        return answers.respond(submission, operation, atMost);
    }

    private static ResourceRef ref(String kind, String name, @Nullable String project) {
        return new ResourceRef(
                ScopeValidator.named(kind), QueryParameters.text(project).orElse(""), name);
    }

    private ResourceRef checked(ResourceRef ref) {
        new ScopeValidator(resources).check(ref);
        return ref;
    }

    /**
     * Requests a change of the compared generation only. A repeated request is answered with its operation: its
     * precondition held when it was received first.
     *
     * @throws ClientErrorException 412 when the precondition of the request fails
     */
    private <T> T compared(
            ResourceRef ref,
            ChangeSubmission submission,
            ContainerRequestContext request,
            HttpHeaders headers,
            Function<OptionalLong, T> change) {
        try {
            return changed(ref, request, headers, change);
        } catch (ClientErrorException unmet) {
            if (!answers.hasOneOf(submission)) {
                throw unmet;
            }
            return change.apply(NEVER);
        }
    }

    /** Uses the compared generation, so that concurrent changes are detected. */
    private <T> T changed(
            ResourceRef ref, ContainerRequestContext request, HttpHeaders headers, Function<OptionalLong, T> change) {
        OptionalLong generation = compare(ref, request, headers);
        try {
            return change.apply(generation);
        } catch (SmoException refused) {
            if (refused.kind() == SmoException.Kind.CONFLICT) {
                // the precondition held a moment ago
                compare(ref, request, headers);
            }
            throw refused;
        }
    }

    /** @return the present generation, 0 for none; empty when the request has no precondition */
    private OptionalLong compare(ResourceRef ref, ContainerRequestContext request, HttpHeaders headers) {
        if (headers.getHeaderString(HttpHeaders.IF_MATCH) == null
                && headers.getHeaderString(HttpHeaders.IF_NONE_MATCH) == null) {
            return OptionalLong.empty();
        }
        Optional<Resource> there = resources.find(ref, RequestCaller.from(request));
        Responses.checkPreconditions(request.getRequest(), headers, () -> there.map(ResourceJson::toJson));
        return OptionalLong.of(there.map(Resource::generation).orElse(0L));
    }

    private Response answer(ChangeSubmission submission, Accepted accepted, Operation begun, Duration atMost) {
        if (begun.stages().isEmpty()) {
            return marked(submission, begun, unchanged(accepted.resource(), Optional.of(begun)));
        }
        Operation operation = answers.awaited(submission, begun, atMost);
        Resource resource = atMost.isZero() ? accepted.resource() : latest(accepted.resource(), submission.call());
        boolean made = accepted.created();
        boolean ended = !atMost.isZero() && operation.state().isFinal();
        ResponseBuilder answer = Responses.json(
                        made ? CREATED : ended ? OK : ACCEPTED, ResourceJson.toJson(resource, Optional.of(operation)))
                .location(URI.create(made ? ResourceJson.path(resource.ref()) : OperationJson.path(operation.id())));
        return marked(submission, operation, answer);
    }

    private static Response marked(ChangeSubmission submission, Operation operation, ResponseBuilder answer) {
        if (submission.isRepetition(operation)) {
            answer.header(ChangeSubmission.REPLAYED_HEADER, true);
        }
        return answer.build();
    }

    /** The resource after the wait; it may have been removed meanwhile. */
    private Resource latest(Resource accepted, CallContext call) {
        return resources
                .find(accepted.ref(), call)
                .filter(now -> now.uid().equals(accepted.uid()))
                .orElse(accepted);
    }

    /** @param recognised the operation by which a repeated request is recognised; empty when it has no key */
    private static ResponseBuilder unchanged(Resource resource, Optional<Operation> recognised) {
        return Responses.json(OK, ResourceJson.toJson(resource, recognised))
                .location(URI.create(ResourceJson.path(resource.ref())));
    }
}
