// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Further services of the engine: plans, clusters, alerts. */
final class InMemoryEngine implements PlanService, ClusterService, AlertService {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final InMemoryGraphs graphs;
    private final Map<String, Plan> plans = new TreeMap<>();
    private final Map<String, DeployRequest> planned = new TreeMap<>();
    private final Map<ClusterId, Directive> directives = new TreeMap<>();

    /** Planned placement requests. */
    final List<PlaceRequest> placements = new ArrayList<>();

    /** Each notification as it came. */
    final List<List<Alert>> received = new ArrayList<>();

    /** True if the world has changed since plans were made. */
    volatile boolean changed;

    /** Why alerts cannot be taken. */
    volatile Optional<SmoException> alertsFail = Optional.empty();

    /** Services that cannot be installed now. */
    final Set<String> late = ConcurrentHashMap.newKeySet();

    InMemoryEngine(InMemoryGraphs graphs) {
        this.graphs = graphs;
    }

    @Override
    public synchronized Plan plan(DeployRequest request, CallContext call) {
        GraphId graph = request.graph().id();
        Plan plan = plan(
                graph,
                graphs.find(graph, CallContext.INTERNAL).isEmpty() ? Operation.Kind.DEPLOY : Operation.Kind.UPDATE);
        planned.put(plan.id(), request);
        return plan;
    }

    @Override
    public synchronized Plan plan(GraphId graph, PlaceRequest request, CallContext call) {
        if (graphs.find(graph, CallContext.INTERNAL).isEmpty()) {
            throw SmoException.notFound("There is no graph %s".formatted(graph));
        }
        placements.add(request);
        return plan(graph, Operation.Kind.PLACE);
    }

    private Plan plan(GraphId graph, Operation.Kind kind) {
        Share here = new Share(InMemoryGraphs.C2, 1);
        Plan plan = new Plan(
                "plan-" + (plans.size() + 1),
                graph,
                kind,
                new Plan.Validity(START, START.plusSeconds(600)),
                true,
                new Plan.Services(Set.of("web"), Set.of(), Set.of(), Set.of(), Set.of()),
                List.of(new PlanStep(Operation.Action.INSTALL, "web", List.of(), List.of(here), false, "release web")),
                new Placement(Map.of("web", List.of(here))),
                Map.of(
                        "web",
                        List.of(new ForeignRelease(
                                "c1",
                                "f1",
                                "chart web-1, revision 3",
                                List.of(new ForeignRelease.Difference(
                                        "values",
                                        "/word",
                                        Optional.of(new JsonString("theirs")),
                                        Optional.of(new JsonString("ours")))),
                                2))),
                JsonObject.EMPTY.with("strategy", new JsonString("first-fit")),
                List.of(),
                List.of("a warning"));
        plans.put(plan.id(), plan);
        return plan;
    }

    @Override
    public synchronized Optional<Plan> find(GraphId graph, String planId, CallContext call) {
        return Optional.ofNullable(plans.get(planId))
                .filter(plan -> plan.graph().equals(graph));
    }

    @Override
    public synchronized Change apply(GraphId graph, String planId, CallContext call) {
        Plan plan = find(graph, planId, CallContext.INTERNAL)
                .orElseThrow(() -> SmoException.notFound("There is no plan %s".formatted(planId)));
        if (changed) {
            throw SmoException.conflict("c2 is another one now");
        }
        return plan.kind() == Operation.Kind.PLACE
                ? graphs.place(graph, PlaceRequest.replace(), new CallContext(call.origin(), Optional.empty()))
                : graphs.deploy(
                        Optional.ofNullable(planned.get(planId)).orElseThrow(),
                        new CallContext(call.origin(), Optional.empty()));
    }

    @Override
    public synchronized Directive cordon(ClusterId cluster, String reason, CallContext call) {
        return say(new Directive(cluster, true, false, reason, Optional.empty(), START));
    }

    @Override
    public synchronized Directive uncordon(ClusterId cluster, CallContext call) {
        return say(new Directive(cluster, false, false, "", Optional.empty(), START));
    }

    @Override
    public synchronized Operation drain(ClusterId cluster, String reason, CallContext call) {
        Operation operation = graphs.operations.begin(
                Operation.Kind.DRAIN,
                Optional.empty(),
                Optional.of(cluster),
                0,
                call.origin(),
                Operation.State.RUNNING);
        say(new Directive(cluster, true, true, reason, Optional.of(operation.id()), START));
        return operation;
    }

    private Directive say(Directive directive) {
        directives.put(directive.cluster(), directive);
        return directive;
    }

    @Override
    public Optional<URI> dashboard(ClusterId cluster, CallContext call) {
        return Optional.of(URI.create("https://grafana.example/d/smo-c-" + cluster.name()));
    }

    @Override
    public synchronized List<Directive> directives(CallContext call) {
        return List.copyOf(directives.values());
    }

    /** Waiting services are installed by any firing alert; the rest of the rules is the engine's. */
    @Override
    public synchronized List<Result> receive(List<Alert> alerts, CallContext call) {
        alertsFail.ifPresent(failure -> {
            throw failure;
        });
        received.add(alerts);
        return alerts.stream().map(this::result).toList();
    }

    private Result result(Alert alert) {
        Optional<String> service = Optional.ofNullable(alert.labels().get(SERVICE_LABEL));
        Set<GraphId> waiting = service.map(graphs::waiting).orElse(Set.of());
        Optional<GraphId> graph = waiting.stream().findFirst();
        if (waiting.size() > 1) {
            return new Result(Outcome.AMBIGUOUS, Optional.empty(), service, "in %s".formatted(waiting));
        }
        if (graph.isEmpty()) {
            return new Result(Outcome.UNKNOWN, Optional.empty(), service, "nobody waits for it");
        }
        if (service.filter(late::contains).isPresent()) {
            return new Result(Outcome.FAILED, graph, service, "the database did not do it");
        }
        return new Result(alert.firing() ? Outcome.INSTALLED : Outcome.NOTED, graph, service, "as told");
    }
}
