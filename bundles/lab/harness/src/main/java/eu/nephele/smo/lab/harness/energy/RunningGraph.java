// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A graph of the day with its record, as the store of a server would have it. The world follows each decision. */
final class RunningGraph {

    private static final long GENERATION = 1;

    private final DayGraph ordered;
    private final Graph graph;
    private GraphRecord record;

    RunningGraph(DayGraph ordered, Graph graph, Instant now) {
        this.ordered = ordered;
        this.graph = graph;
        List<String> services = graph.services().stream().map(each -> each.id()).toList();
        Desired desired = new Desired(
                graph.id(),
                GENERATION,
                1,
                DesiredState.RUNNING,
                new Desired.Declaration(graph.descriptor(), services, StrategyOverride.NONE, 1, List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(now));
        this.record = new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing());
    }

    DayGraph ordered() {
        return ordered;
    }

    Graph graph() {
        return graph;
    }

    GraphRecord record() {
        return record;
    }

    Optional<DecidedGraph> decided() {
        return record.decided();
    }

    Placement placement() {
        return decided().map(DecidedGraph::placement).orElse(Placement.NONE);
    }

    SeenGraph seen() {
        Placement leaving = decided()
                .map(DecidedGraph::transition)
                .map(DecidedGraph.Transition::leaving)
                .orElse(Placement.NONE);
        boolean breakFirst =
                decided().map(graph -> graph.transition().breakFirst()).orElse(false);
        return breakFirst
                ? new SeenGraph(ordered, placement(), Placement.NONE, interrupted(leaving))
                : new SeenGraph(ordered, placement(), leaving, Set.of());
    }

    /** Those of which no replica stays where it is. */
    private Set<String> interrupted(Placement leaving) {
        Set<String> services = new TreeSet<>();
        leaving.shares().forEach((service, shares) -> {
            if (Collections.disjoint(leaving.clustersOf(service), placement().clustersOf(service))) {
                services.add(service);
            }
        });
        return services;
    }

    void decide(DecidedGraph decided) {
        record = new GraphRecord(record.desired(), Optional.of(decided), deployed(decided));
    }

    private static ObservedGraph deployed(DecidedGraph decided) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        decided.placement()
                .shares()
                .forEach((service, shares) -> services.put(
                        service,
                        new ObservedService(
                                ServiceState.DEPLOYED, shares, decided.assignment(), Optional.empty(), shares, "")));
        return new ObservedGraph(GraphPhase.RUNNING, List.of(), services, GENERATION, GENERATION, 1, List.of());
    }
}
