// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of the tests. One that is paused has drifted.
 *
 * @param placed whether there is room for it
 */
record InMemoryGraph(
        Graph graph,
        DesiredState desired,
        boolean placed,
        int generation,
        ClusterId cluster,
        long revision,
        boolean paused,
        Map<String, ReplicaHold> holds) {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Resources LIGHT = new Resources(500, 524_288_000, 0, 0);

    InMemoryGraph with(Graph other) {
        return new InMemoryGraph(other, desired, placed, generation + 1, cluster, revision + 1, paused, holds);
    }

    InMemoryGraph with(DesiredState other) {
        return new InMemoryGraph(graph, other, placed, generation + 1, cluster, revision, paused, holds);
    }

    InMemoryGraph with(ClusterId other) {
        return new InMemoryGraph(graph, desired, true, generation, other, revision, paused, holds);
    }

    InMemoryGraph with(boolean isPaused) {
        return new InMemoryGraph(graph, desired, placed, generation, cluster, revision, isPaused, holds);
    }

    InMemoryGraph with(String service, Optional<ReplicaHold> hold) {
        Map<String, ReplicaHold> next = new HashMap<>(holds);
        hold.ifPresentOrElse(given -> next.put(service, given), () -> next.remove(service));
        return new InMemoryGraph(graph, desired, placed, generation, cluster, revision, paused, next);
    }

    GraphView view() {
        boolean placedByUs = placed && !graph.staticPlacement();
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        if (placedByUs) {
            graph.services().forEach(service -> shares.put(service.id(), shares()));
        }
        Condition condition = new Condition(
                Condition.PLACED,
                placed ? Condition.Status.TRUE : Condition.Status.FALSE,
                placed ? "Placed" : "Infeasible",
                "as it is",
                START,
                generation);
        return new GraphView(
                graph,
                new GraphItem(
                        graph.id(),
                        graph.version(),
                        graph.staticPlacement(),
                        generation,
                        desired,
                        phase(),
                        1,
                        placedByUs ? Optional.of("d1") : Optional.empty(),
                        revision,
                        paused,
                        Optional.of(URI.create("https://grafana.example/d/smo-g-web")),
                        new Timestamps(START, START.plusSeconds(generation))),
                List.of(condition),
                new Placement(shares),
                placedByUs ? List.of(InMemoryGraphs.C1, InMemoryGraphs.C2) : List.of(),
                graph.services().stream()
                        .map(service -> service(service, shares))
                        .toList(),
                paused ? List.of(new Drift("web", "replicas", "1", "3", START)) : List.of());
    }

    private List<Share> shares() {
        return graph.id().name().equals(Samples.DIVIDED_NAME)
                ? List.of(new Share(InMemoryGraphs.C1, 1), new Share(InMemoryGraphs.C2, 2))
                : List.of(new Share(cluster, 1));
    }

    private GraphPhase phase() {
        return switch (desired) {
            case RUNNING -> placed ? GraphPhase.RUNNING : GraphPhase.PENDING;
            case STOPPED -> GraphPhase.STOPPED;
            case REMOVED -> GraphPhase.REMOVING;
        };
    }

    private ServiceView service(ServiceSpec service, Map<String, List<Share>> shares) {
        boolean waits = service.trigger().isConditional();
        ServiceState state = desired != DesiredState.RUNNING
                ? ServiceState.NOT_DEPLOYED
                : waits ? ServiceState.PENDING : ServiceState.DEPLOYED;
        return new ServiceView(
                service,
                state,
                shares.getOrDefault(service.id(), List.of()),
                state == ServiceState.DEPLOYED ? ready(shares.getOrDefault(service.id(), List.of())) : List.of(),
                LIGHT,
                service.artifact().values(),
                List.of(InMemoryGraphs.C2),
                Optional.of(URI.create("https://grafana.example/d/smo-s-" + service.id())),
                Optional.ofNullable(holds.get(service.id())),
                "");
    }

    /** One replica everywhere. */
    private static List<Share> ready(List<Share> shares) {
        return shares.stream().map(share -> new Share(share.cluster(), 1)).toList();
    }
}
