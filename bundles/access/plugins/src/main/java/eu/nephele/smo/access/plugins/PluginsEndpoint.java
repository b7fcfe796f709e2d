// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.plugins;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SharedLimits;
import eu.nephele.smo.access.http.Streamed;
import eu.nephele.smo.access.http.UploadReceiver.Received;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.http.json.StrategyStatuses;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plugins of partners: installation, removal and status. The body of an upload is the file itself. */
@Path("api/v1/plugins")
@Produces(MediaType.APPLICATION_JSON)
public final class PluginsEndpoint {

    private static final String JAR = "application/java-archive";
    private static final String ZIP = "application/zip";

    private final PluginService plugins;
    private final Supplier<Optional<StrategyControl>> control;
    private final OperationAnswers answers;

    /** @param control statistics of strategies, if present */
    public PluginsEndpoint(
            PluginService plugins, Supplier<Optional<StrategyControl>> control, OperationAnswers answers) {
        this.plugins = plugins;
        this.control = control;
        this.answers = answers;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        StrategyStatuses strategyStatuses = StrategyStatuses.now(control, call);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        plugins.plugins(call).forEach(plugin -> items.add(PluginJson.summary(plugin, strategyStatuses)));
        return Responses.cacheable(request, answer);
    }

    @POST
    @Streamed
    @Consumes({JAR, ZIP, MediaType.APPLICATION_OCTET_STREAM})
    public Response install(
            @QueryParam("name") @Nullable String name,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        String file = fileName(name, call);
        return taken(
                call,
                wait,
                body,
                (received, submission) -> submission.ask(
                        from -> plugins.install(received.file(), file, Plugin.InstallSource.REST, from)));
    }

    @POST
    @Streamed
    @Path("{plugin}/upgrade")
    @Consumes({JAR, ZIP, MediaType.APPLICATION_OCTET_STREAM})
    public Response upgrade(
            @PathParam("plugin") String id,
            @QueryParam("name") @Nullable String name,
            @QueryParam("force") @Nullable String force,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        String file = fileName(name, call);
        boolean forced = QueryParameters.flag("force", force);
        return taken(
                call,
                wait,
                body,
                (received, submission) ->
                        submission.ask(from -> plugins.upgrade(id, received.file(), file, forced, from)));
    }

    @GET
    @Path("{plugin}")
    public Response get(
            @PathParam("plugin") String id,
            @QueryParam("version") @Nullable String version,
            @Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        StrategyStatuses strategyStatuses = StrategyStatuses.now(control, call);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", id);
        ArrayNode items = answer.putArray("versions");
        versions(id, QueryParameters.text(version), call)
                .forEach(plugin -> items.add(PluginJson.whole(plugin, strategyStatuses)));
        return Responses.cacheable(request, answer);
    }

    @DELETE
    @Path("{plugin}")
    public Response remove(
            @PathParam("plugin") String id,
            @QueryParam("version") @Nullable String version,
            @QueryParam("force") @Nullable String force,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        Duration atMost = AsyncWait.parse(wait);
        boolean forced = QueryParameters.flag("force", force);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Operation operation = submission.ask(from -> plugins.remove(id, QueryParameters.text(version), forced, from));
        return answers.respond(submission, operation, atMost);
    }

    @POST
    @Path("{plugin}/rollback")
    public Response rollback(
            @PathParam("plugin") String id,
            @QueryParam("force") @Nullable String force,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        Duration atMost = AsyncWait.parse(wait);
        boolean forced = QueryParameters.flag("force", force);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Operation operation = submission.ask(from -> plugins.rollback(id, forced, from));
        return answers.respond(submission, operation, atMost);
    }

    @POST
    @Path("{plugin}/forget")
    public Response forget(
            @PathParam("plugin") String id,
            @QueryParam("version") @Nullable String version,
            @Context ContainerRequestContext request) {
        plugins.forget(id, QueryParameters.text(version), RequestCaller.from(request));
        return Response.noContent().build();
    }

    @POST
    @Path("{plugin}/stop")
    public Response stop(
            @PathParam("plugin") String id,
            @QueryParam("version") @Nullable String version,
            @QueryParam("force") @Nullable String force,
            @Context ContainerRequestContext call) {
        boolean forced = QueryParameters.flag("force", force);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Plugin plugin = submission.ask(from -> plugins.stop(id, QueryParameters.text(version), forced, from));
        return shown(plugin, submission.call());
    }

    @POST
    @Path("{plugin}/start")
    public Response start(
            @PathParam("plugin") String id,
            @QueryParam("version") @Nullable String version,
            @Context ContainerRequestContext call) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        Plugin plugin = submission.ask(from -> plugins.start(id, QueryParameters.text(version), from));
        return shown(plugin, submission.call());
    }

    @GET
    @Path("{plugin}/uses")
    public Response uses(@PathParam("plugin") String id, @Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        versions(id, Optional.empty(), call);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        plugins.uses(id, call).forEach(use -> items.add(PluginJson.toJson(use)));
        return Responses.cacheable(request, answer);
    }

    private Response taken(
            ContainerRequestContext call,
            @Nullable String wait,
            InputStream body,
            BiFunction<Received, ChangeSubmission, Operation> change) {
        Duration atMost = AsyncWait.parse(wait);
        // Refused before the body is read, so that no client sends a large file in vain.
        plugins.plugins(RequestCaller.from(call));
        Received received = SharedLimits.from(call).uploads().receive(body, call.getLength());
        ChangeSubmission submission = ChangeSubmission.create(call).withBody(received.sha256());
        Operation operation;
        try {
            operation = change.apply(received, submission);
        } catch (RuntimeException refused) {
            received.discard();
            throw refused;
        }
        return answers.respond(submission, operation, atMost);
    }

    private List<Plugin> versions(String id, Optional<String> version, CallContext call) {
        List<Plugin> found = plugins.versions(id, call).stream()
                .filter(plugin -> version.map(plugin.version()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            throw SmoException.notFound("Plugin %s%s does not exist"
                    .formatted(id, version.map(one -> " of version " + one).orElse("")));
        }
        return found;
    }

    private Response shown(Plugin plugin, CallContext call) {
        return Responses.json(200, PluginJson.whole(plugin, StrategyStatuses.now(control, call)))
                .build();
    }

    private static String fileName(@Nullable String name, ContainerRequestContext call) {
        boolean zip = call.getMediaType() != null
                && ZIP.equals(call.getMediaType().getType() + "/"
                        + call.getMediaType().getSubtype());
        return QueryParameters.fileName(name, zip ? "plugin.zip" : "plugin.jar");
    }
}
