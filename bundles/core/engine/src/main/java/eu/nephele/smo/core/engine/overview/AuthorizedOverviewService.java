// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.overview.ClusterUse;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.GraphTotals;
import eu.nephele.smo.core.contract.overview.HostedService;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import eu.nephele.smo.core.engine.overview.GraphListing.ServicePlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows of the {@link GraphDirectory} what the caller may see. */
public final class AuthorizedOverviewService implements OverviewService {

    private final GraphDirectory directory;
    private final GraphViewFactory views;
    private final Authorizer authorizer;

    public AuthorizedOverviewService(GraphDirectory directory, GraphViewFactory views, Authorizer authorizer) {
        this.directory = directory;
        this.views = views;
        this.authorizer = authorizer;
    }

    @Override
    public List<GraphEntry> graphs(OverviewQuery query, CallContext call) {
        return authorizer.inside(() -> new GraphSelection(query, authorizer.visible(call))
                .page(directory.listings()).stream()
                        .flatMap(graph -> entry(graph).stream())
                        .toList());
    }

    /** @return empty when it is gone by now */
    private Optional<GraphEntry> entry(GraphListing graph) {
        return views.item(graph.outline())
                .map(item -> new GraphEntry(
                        item,
                        graph.services(),
                        graph.replicas(),
                        graph.places().stream()
                                .map(ServicePlace::cluster)
                                .distinct()
                                .sorted()
                                .toList(),
                        graph.mark().changedAt(),
                        graph.attention(),
                        graph.condition()));
    }

    @Override
    public Optional<GraphTotals> totals(CallContext call) {
        return authorizer.inside(() -> {
            Predicate<ResourceRef> visible = authorizer.visible(call);
            TotalsCount count = new TotalsCount();
            for (GraphListing graph : directory.listings()) {
                if (visible.test(graph.target())) {
                    count.add(graph);
                }
            }
            return count.totals(this::entry);
        });
    }

    @Override
    public Map<ClusterId, ClusterUse> clusters(CallContext call) {
        return authorizer.inside(() -> {
            Predicate<ResourceRef> visible = authorizer.visible(call);
            Map<ClusterId, UseCount> counts = new HashMap<>();
            for (GraphListing graph : directory.listings()) {
                if (!graph.places().isEmpty() && visible.test(graph.target())) {
                    count(graph, counts);
                }
            }
            Map<ClusterId, ClusterUse> uses = new HashMap<>();
            counts.forEach((cluster, count) -> uses.put(cluster, count.use()));
            return uses;
        });
    }

    private static final class UseCount {
        private int graphs;
        private int services;
        private int replicas;

        private ClusterUse use() {
            return new ClusterUse(graphs, services, replicas);
        }
    }

    private static void count(GraphListing graph, Map<ClusterId, UseCount> counts) {
        List<ServicePlace> places = graph.places();
        for (int i = 0; i < places.size(); i++) {
            ServicePlace place = places.get(i);
            UseCount count = counts.computeIfAbsent(place.cluster(), any -> new UseCount());
            count.services++;
            count.replicas += place.replicas();
            boolean seen = false;
            for (int before = 0; before < i && !seen; before++) {
                seen = places.get(before).cluster().equals(place.cluster());
            }
            count.graphs += seen ? 0 : 1;
        }
    }

    @Override
    public List<HostedService> services(ClusterId cluster, Optional<HostedKey> after, int limit, CallContext call) {
        return authorizer.inside(() -> {
            Predicate<ResourceRef> visible = authorizer.visible(call);
            List<HostedService> found = new ArrayList<>();
            for (GraphListing graph : directory.listings()) {
                if (graph.isOn(cluster.source(), cluster.name()) && visible.test(graph.target())) {
                    graph.places().stream()
                            .filter(place -> place.cluster().equals(cluster))
                            .map(place -> hosted(graph, place))
                            .filter(service -> after.map(key -> service.key().compareTo(key) > 0)
                                    .orElse(true))
                            .forEach(found::add);
                }
            }
            found.sort(Comparator.comparing(HostedService::key));
            return List.copyOf(found.subList(0, Math.min(found.size(), limit)));
        });
    }

    private static HostedService hosted(GraphListing graph, ServicePlace place) {
        return new HostedService(
                new HostedKey(graph.id(), place.service()),
                graph.phase(),
                place.replicas(),
                graph.places().stream()
                        .filter(other -> other.service().equals(place.service()) && !other.equals(place))
                        .map(ServicePlace::cluster)
                        .toList());
    }
}
