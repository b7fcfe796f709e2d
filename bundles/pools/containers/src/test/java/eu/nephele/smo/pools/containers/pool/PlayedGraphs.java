// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Graphs of tests: a removal takes until somebody looks again, as outside. */
public final class PlayedGraphs {

    public final Map<GraphId, GraphView> present = new TreeMap<>();
    public final List<String> calls = new ArrayList<>();
    final Map<String, SmoException> refusals = new TreeMap<>();
    GraphPhase phase = GraphPhase.RUNNING;

    /** How often somebody asked for a graph. */
    public final AtomicInteger finds = new AtomicInteger();

    public GraphReader reader() {
        return (project, document) -> {
            JsonObject descriptor =
                    document.get("hdaGraph").flatMap(JsonValue::asObject).orElseThrow();
            String name = descriptor.get("id").flatMap(JsonValue::asString).orElseThrow();
            return DeployRequest.of(new Graph(
                    new GraphId(project, name),
                    "",
                    false,
                    Map.of(),
                    List.of(),
                    List.of(),
                    StrategySelection.UNSPECIFIED,
                    StrategySelection.UNSPECIFIED,
                    LifecyclePolicy.STANDARD,
                    0,
                    descriptor));
        };
    }

    /** Only what pools use; anything else is a mistake of the test. */
    public GraphService service() {
        return (GraphService) Proxy.newProxyInstance(
                GraphService.class.getClassLoader(),
                new Class<?>[] {GraphService.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "deploy", "update" -> change(method.getName(), (DeployRequest) given[0]);
                    case "remove" -> remove((GraphId) given[0]);
                    case "find" -> find((GraphId) given[0]);
                    case "list" -> list((String) given[0]);
                    case "hold" -> hold((GraphId) given[0], given[2], (CallContext) given[3]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<GraphView> find(GraphId id) {
        finds.incrementAndGet();
        return Optional.ofNullable(present.get(id)).filter(PlayedGraphs::isVisible);
    }

    /** Somebody, or the core after a failure, gives a graph another descriptor, as it was before for example. */
    void takeBack(GraphId id) {
        Graph now = present.get(id).graph();
        Graph former = new Graph(
                now.id(),
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                0,
                now.descriptor().with("version", new JsonString("0.0.1")));
        present.put(id, view(former, GraphPhase.RUNNING));
    }

    private Change change(String call, DeployRequest request) {
        GraphId id = request.graph().id();
        if (refusals.containsKey(id.name())) {
            throw refusals.get(id.name());
        }
        calls.add(call + " " + id.name());
        present.put(id, view(request.graph(), phase));
        return done(present.get(id));
    }

    private Change remove(GraphId id) {
        GraphView there =
                Optional.ofNullable(present.get(id)).orElseThrow(() -> SmoException.notFound(id + " is gone"));
        if (there.phase() == GraphPhase.REMOVING) {
            present.remove(id);
        } else {
            calls.add("remove " + id.name());
            present.put(id, view(there.graph(), GraphPhase.REMOVING));
        }
        return done(there);
    }

    private List<GraphView> list(String project) {
        return present.values().stream()
                .filter(view -> view.graph().id().project().equals(project))
                .filter(PlayedGraphs::isVisible)
                .toList();
    }

    /** As in the core, nobody is shown one that is being removed. */
    private static boolean isVisible(GraphView view) {
        return view.phase() != GraphPhase.REMOVING;
    }

    private GraphView hold(GraphId id, Object hold, CallContext call) {
        if (refusals.containsKey("hold " + id.name())) {
            throw refusals.get("hold " + id.name());
        }
        String wanted = ((Optional<?>) hold)
                .map(ReplicaHold.class::cast)
                .map(number -> "hold %s %d".formatted(id.name(), number.replicas()))
                .orElse("release " + id.name());
        calls.add("%s by %s".formatted(wanted, call.origin().principal()));
        return present.get(id);
    }

    private static Change done(GraphView view) {
        return new Change(
                view,
                false,
                Optional.empty(),
                CompletableFuture.completedFuture(view),
                CompletableFuture.completedFuture(view));
    }

    public static GraphView view(Graph graph, GraphPhase phase) {
        GraphItem item = new GraphItem(
                graph.id(),
                "",
                false,
                1,
                DesiredState.RUNNING,
                phase,
                1,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                Timestamps.from(Instant.EPOCH));
        return new GraphView(graph, item, List.of(), Placement.NONE, List.of(), List.of(), List.of());
    }
}
