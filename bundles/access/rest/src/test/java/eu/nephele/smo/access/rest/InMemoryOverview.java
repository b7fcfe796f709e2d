// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.overview.ClusterUse;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.GraphEntry.OpenCondition;
import eu.nephele.smo.core.contract.overview.GraphTotals;
import eu.nephele.smo.core.contract.overview.GraphTotals.ProjectTotals;
import eu.nephele.smo.core.contract.overview.HostedService;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewService;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists over all projects of the graphs of a test, by name. */
final class InMemoryOverview implements OverviewService {

    private final InMemoryGraphs graphs;

    InMemoryOverview(InMemoryGraphs graphs) {
        this.graphs = graphs;
    }

    @Override
    public List<GraphEntry> graphs(OverviewQuery query, CallContext call) {
        return graphs.list(call).stream()
                .map(InMemoryOverview::entry)
                .filter(entry -> entry.item().id().name().contains(query.text()))
                .filter(entry -> query.phases().isEmpty()
                        || query.phases().contains(entry.item().phase()))
                .filter(entry ->
                        query.project().map(entry.item().id().project()::equals).orElse(true))
                .filter(entry -> query.cluster()
                        .map(name -> entry.clusters().stream()
                                .anyMatch(cluster -> cluster.name().equals(name)))
                        .orElse(true))
                .filter(entry -> !query.attention() || entry.attention() != Attention.NONE)
                .filter(entry -> query.after()
                        .map(mark ->
                                entry.item().id().name().compareTo(mark.graph().name()) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(entry -> entry.item().id().name()))
                .limit(query.limit())
                .toList();
    }

    private static GraphEntry entry(GraphView view) {
        boolean placed = view.phase() != GraphPhase.PENDING;
        return new GraphEntry(
                view.item(),
                view.services().size(),
                view.services().stream()
                        .mapToInt(service ->
                                view.placement().replicasOf(service.spec().id()))
                        .sum(),
                List.copyOf(view.placement().clusters()),
                view.item().times().updatedAt(),
                placed ? Attention.NONE : Attention.ERROR,
                placed
                        ? Optional.empty()
                        : Optional.of(new OpenCondition(
                                "Placed",
                                "Infeasible",
                                "no room",
                                view.item().times().updatedAt(),
                                "Free capacity")));
    }

    @Override
    public Optional<GraphTotals> totals(CallContext call) {
        List<GraphEntry> all =
                graphs.list(call).stream().map(InMemoryOverview::entry).toList();
        List<GraphEntry> inNeed = all.stream()
                .filter(entry -> entry.attention() != Attention.NONE)
                .toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new GraphTotals(
                        all.size(),
                        all.stream().mapToInt(GraphEntry::services).sum(),
                        all.stream().mapToInt(GraphEntry::replicas).sum(),
                        all.stream()
                                .collect(Collectors.groupingBy(
                                        entry -> entry.item().phase(), Collectors.counting())),
                        1,
                        List.of(new ProjectTotals("demo", all.size(), 1, 1, inNeed.size())),
                        inNeed.size(),
                        inNeed));
    }

    @Override
    public Map<ClusterId, ClusterUse> clusters(CallContext call) {
        Map<ClusterId, ClusterUse> uses = new HashMap<>();
        for (ClusterId cluster : List.of(InMemoryGraphs.C1, InMemoryGraphs.C2)) {
            int services = services(cluster, Optional.empty(), 1000, call).size();
            uses.put(cluster, new ClusterUse(services, services, services));
        }
        return uses;
    }

    @Override
    public List<HostedService> services(ClusterId cluster, Optional<HostedKey> after, int limit, CallContext call) {
        return graphs.list(call).stream()
                .flatMap(view -> view.placement().shares().entrySet().stream()
                        .flatMap(service -> service.getValue().stream()
                                .filter(share -> share.cluster().equals(cluster))
                                .map(share -> new HostedService(
                                        new HostedKey(view.graph().id(), service.getKey()),
                                        view.phase(),
                                        share.replicas(),
                                        view.placement().clustersOf(service.getKey()).stream()
                                                .filter(other -> !other.equals(cluster))
                                                .toList()))))
                .filter(service ->
                        after.map(key -> service.key().compareTo(key) > 0).orElse(true))
                .sorted(Comparator.comparing(HostedService::key))
                .limit(limit)
                .toList();
    }
}
