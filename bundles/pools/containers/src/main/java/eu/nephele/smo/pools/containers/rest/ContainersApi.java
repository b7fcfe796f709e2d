// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.pool.CheckedReload;
import eu.nephele.smo.pools.containers.pool.PlannedAbort;
import eu.nephele.smo.pools.containers.pool.PlannedChange;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import eu.nephele.smo.pools.containers.rest.ContainerActions.ActionResult;
import eu.nephele.smo.pools.containers.rest.ContainersJson.ScalingState;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** The interface of the original autoscaler below one path; the front gives it a port of its own. */
@Component(service = ContainersApi.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=smo)")
@Path("containers")
@Metered
@Produces("application/json")
public final class ContainersApi {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_BYTES = 1 << 20;

    private final PoolFiles files;
    private final PoolReading pool;
    private final PoolRights rights;
    private final OperationService operations;
    private final ContainerActions actions;
    private final ServiceExplainer explainer;
    private final ContainerMetrics metrics;
    private final Clock clock;
    private final Instant startedAt;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    volatile List<ContainerInventory> inventories = List.of();

    @Activate
    public ContainersApi(
            @Reference PoolFiles files,
            @Reference PoolServices core,
            @Reference ScalingLog log,
            @Reference ContainerMetrics metrics) {
        this(files, core, log, metrics, Clock.systemUTC());
    }

    ContainersApi(PoolFiles files, PoolServices core, ScalingLog log, ContainerMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.files = files;
        this.pool = new PoolReading(files, core, () -> inventories, log);
        this.rights = new PoolRights(core.permissions(), core.actions(), files.ref());
        this.operations = core.operations();
        this.actions = new ContainerActions(pool, files, operations, rights, clock);
        this.explainer = new ServiceExplainer(pool, core);
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @GET
    public JsonObject root() {
        return JsonObject.EMPTY
                .with("status", new JsonString("running"))
                .with("timestamp", ContainersJson.time(clock.instant()));
    }

    @GET
    @Path("status")
    public JsonObject status(@Context ContainerRequestContext request) {
        Instant now = clock.instant();
        return JsonObject.EMPTY
                .with("status", new JsonString("running"))
                .with("uptime", JsonNumber.of(Duration.between(startedAt, now).toSeconds()))
                .with(
                        "services",
                        JsonArray.ofStrings(services(call(request)).stream()
                                .map(ServiceEntry::name)
                                .toList()))
                .with("timestamp", ContainersJson.time(now));
    }

    @GET
    @Path("services")
    public JsonObject services(@Context ContainerRequestContext request) {
        List<ServiceEntry> services = services(call(request));
        Map<String, List<WorkloadContainer>> containers = pool.containers(services);
        Map<String, JsonValue> all = new LinkedHashMap<>();
        services.forEach(service -> all.put(
                service.name(), ContainersJson.bounds(service, containers.getOrDefault(service.name(), List.of()))));
        return new JsonObject(all);
    }

    @GET
    @Path("services/{name}/stats")
    public JsonObject statistics(@PathParam("name") String name, @Context ContainerRequestContext request) {
        CallContext call = call(request);
        ServiceEntry service =
                service(name, call).orElseThrow(() -> SmoException.notFound("Service %s not found".formatted(name)));
        List<WorkloadContainer> containers = pool.containers(List.of(service)).getOrDefault(name, List.of());
        Instant now = clock.instant();
        boolean open = service.hours().open().isOpen(now);
        boolean paused =
                pool.graph(name, call).map(graph -> graph.item().paused()).orElse(false);
        JsonObject told = ContainersJson.statistics(
                service,
                containers,
                new ScalingState(
                        pool.cooldown(service, now),
                        open,
                        !paused && (open || !service.hours().only())));
        return files.update(name, containers, call)
                .map(update -> told.with("update", update))
                .orElse(told);
    }

    /** What would be decided now, by which rule and why; what was decided; where the next container would go. */
    @GET
    @Path("services/{name}/explain")
    public JsonObject explain(@PathParam("name") String name, @Context ContainerRequestContext request) {
        CallContext call = call(request);
        Optional<ContainersFile> file = pool.file(call);
        ServiceEntry service = file.flatMap(running -> running.service(name))
                .orElseThrow(() -> SmoException.notFound("Service %s not found".formatted(name)));
        return explainer.explain(service, file.orElseThrow(), clock.instant(), call);
    }

    /**
     * The last lines of a container, also of one that has ended.
     *
     * @param id whole, or so much of its begin that it is the only one
     */
    @GET
    @Path("services/{name}/containers/{id}/log")
    @Produces("text/plain; charset=utf-8")
    public String log(
            @PathParam("name") String name,
            @PathParam("id") String id,
            @QueryParam("lines") @DefaultValue("200") int lines,
            @Context ContainerRequestContext request) {
        ServiceEntry service = service(name, call(request))
                .orElseThrow(() -> SmoException.notFound("Service %s not found".formatted(name)));
        if (lines < 1 || lines > MOST_LINES) {
            throw SmoException.invalid(
                    "lines=%d, expected 1 to %d".formatted(lines, MOST_LINES),
                    List.of(new Violation("/lines", "expected 1 to %d".formatted(MOST_LINES))));
        }
        return String.join("\n", pool.log(service, id, lines, MOST_BYTES));
    }

    @POST
    @Path("services/{name}/scale/up")
    public Response scaleUp(
            @PathParam("name") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        return scale(name, 1, dryRun, call(request));
    }

    @POST
    @Path("services/{name}/scale/down")
    public Response scaleDown(
            @PathParam("name") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        return scale(name, -1, dryRun, call(request));
    }

    private Response scale(String name, int step, boolean dryRun, CallContext call) {
        Optional<ContainersFile> file = pool.file(call);
        Optional<ServiceEntry> service = file.flatMap(running -> running.service(name));
        if (service.isEmpty()) {
            return unknown(name);
        }
        return result(
                "Scale %s %s".formatted(step > 0 ? "up" : "down", name),
                actions.scale(service.get(), step, dryRun, call));
    }

    @POST
    @Path("services/{name}/restart")
    public Response restart(
            @PathParam("name") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        CallContext call = call(request);
        return replace("Restart", name, () -> files.planReplacement(name, false, Optional.empty(), call), dryRun, call);
    }

    /** @param image reference to run from now on; the same one, looked up anew, when missing */
    @POST
    @Path("services/{name}/rolling-update")
    public Response rollingUpdate(
            @PathParam("name") String name,
            @QueryParam("image") @DefaultValue("") String image,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        CallContext call = call(request);
        Optional<String> next = Optional.of(image).filter(given -> !given.isBlank());
        return replace(
                "Rolling update of", name, () -> files.planReplacement(name, next.isEmpty(), next, call), dryRun, call);
    }

    /** The image that ran before the update that is under way runs again; 409 when none is. */
    @POST
    @Path("services/{name}/rolling-update/abort")
    public Response abort(
            @PathParam("name") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        CallContext call = call(request);
        if (service(name, call).isEmpty()) {
            return unknown(name);
        }
        // before it is told whether an update is running
        rights.requireChange(dryRun, call);
        String what = "Abort the rolling update of " + name;
        if (!dryRun && operations.repeated(call).isPresent()) {
            // no update may be running by now
            files.again(call);
            return result(what, new ActionResult(true, "This request was accepted before"));
        }
        PlannedAbort abort = rights.planned(dryRun, call, () -> files.planAbort(name, call));
        if (!dryRun) {
            files.apply(abort.change(), call);
        }
        return result(
                what,
                new ActionResult(true, "%s back to %s".formatted(dryRun ? "Would go" : "It goes", abort.image())));
    }

    private Response replace(
            String what, String name, Supplier<PlannedChange> replacement, boolean dryRun, CallContext call) {
        if (service(name, call).isEmpty()) {
            return unknown(name);
        }
        // before it is told whether the image is one
        rights.requireChange(dryRun, call);
        PlannedChange change = rights.planned(dryRun, call, replacement);
        if (!dryRun) {
            files.apply(change, call);
        }
        String message = dryRun
                ? "Would replace all containers"
                : "Containers are replaced one after the other, each when the next one is healthy";
        return result("%s %s".formatted(what, name), new ActionResult(true, message));
    }

    @GET
    @Path("servers")
    public JsonArray servers(@Context ContainerRequestContext request) {
        Optional<ContainersFile> file = pool.file(call(request));
        Map<String, EngineSummary> engines = file.isEmpty()
                ? Map.of()
                : pool.engines().stream()
                        .collect(Collectors.toMap(
                                engine -> engine.server().name(), Function.identity(), (one, other) -> one));
        return new JsonArray(file.stream()
                .flatMap(running -> running.servers().stream())
                .map(server ->
                        (JsonValue) ContainersJson.server(server, Optional.ofNullable(engines.get(server.name()))))
                .toList());
    }

    @GET
    @Path("events")
    public JsonArray events(@Context ContainerRequestContext request) {
        // who may not see the pool sees nothing of what happened in it
        return pool.file(call(request)).isEmpty()
                ? JsonArray.EMPTY
                : new JsonArray(pool.events().stream()
                        .map(event -> (JsonValue) ContainersJson.event(event))
                        .toList());
    }

    @GET
    @Path("metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String metrics(@Context ContainerRequestContext request) {
        List<ServiceEntry> services = services(call(request));
        Map<String, List<WorkloadContainer>> containers = pool.containers(services);
        Map<String, Integer> counts = new LinkedHashMap<>();
        services.forEach(service ->
                counts.put(service.name(), ContainersJson.count(containers.getOrDefault(service.name(), List.of()))));
        return metrics.text(counts);
    }

    /**
     * @param prune whether what the file does not name any more goes
     * @param dryRun whether nothing is changed
     */
    @POST
    @Path("config/reload")
    public Response reload(
            @QueryParam("prune") @DefaultValue("false") boolean prune,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request) {
        CallContext call = call(request);
        if (dryRun) {
            rights.requireChange(true, call);
        } else {
            rights.requireReload(call);
        }
        CheckedReload reload = checked(prune, dryRun, call);
        if (!reload.errors().isEmpty()) {
            if (!dryRun) {
                // without values: one may be a secret
                rights.refusedReload(
                        call,
                        SmoException.invalid(
                                reload.errors().stream()
                                        .map(error -> "%s: %s".formatted(error.pointer(), error.rule()))
                                        .collect(Collectors.joining("; ")),
                                List.of()));
            }
            JsonArray errors = new JsonArray(reload.errors().stream()
                    .map(error -> (JsonValue) ContainersJson.finding(error))
                    .toList());
            return Response.status(UNPROCESSABLE)
                    .entity(JsonObject.EMPTY
                            .with(
                                    "detail",
                                    new JsonString("The file has %d errors; the running configuration stays as it is"
                                            .formatted(reload.errors().size())))
                            .with("errors", errors))
                    .build();
        }
        if (!dryRun) {
            files.apply(reload, call);
        }
        JsonObject answer = JsonObject.EMPTY
                .with(
                        "message",
                        new JsonString(
                                dryRun ? "Configuration is valid; nothing was changed" : "Configuration reloaded"))
                .with(
                        "warnings",
                        new JsonArray(reload.warnings().stream()
                                .map(warning -> (JsonValue) ContainersJson.finding(warning))
                                .toList()));
        return Response.ok(reload.diff()
                        .map(diff -> answer.with("diff", ContainersJson.diff(diff)))
                        .orElse(answer))
                .build();
    }

    private CheckedReload checked(boolean prune, boolean dryRun, CallContext call) {
        try {
            return files.check(prune, call);
        } catch (SmoException no) {
            if (!dryRun) {
                rights.refusedReload(call, no);
            }
            throw no;
        }
    }

    private List<ServiceEntry> services(CallContext call) {
        return pool.file(call).map(ContainersFile::services).orElse(List.of());
    }

    private Optional<ServiceEntry> service(String name, CallContext call) {
        return pool.file(call).flatMap(file -> file.service(name));
    }

    private static Response unknown(String name) {
        return Response.status(BAD_REQUEST)
                .entity(JsonObject.EMPTY.with("detail", new JsonString("Service %s not found".formatted(name))))
                .build();
    }

    private static Response result(String message, ActionResult result) {
        return Response.ok(JsonObject.EMPTY
                        .with("message", new JsonString(message))
                        .with(
                                "result",
                                JsonObject.EMPTY
                                        .with("success", new JsonBoolean(result.success()))
                                        .with("message", new JsonString(result.message()))))
                .build();
    }

    private static CallContext call(ContainerRequestContext request) {
        return (CallContext) request.getProperty(CallContext.PROPERTY);
    }
}
