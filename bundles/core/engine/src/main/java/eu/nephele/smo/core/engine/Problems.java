// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Pair;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Makes placement problems out of a graph, its translated intents and the clusters of this moment. */
final class Problems {

    private final ClusterBoard board;
    private final Ports ports;

    Problems(ClusterBoard board, Ports ports) {
        this.board = board;
        this.ports = ports;
    }

    /**
     * @param current where the services are now
     * @param own what the graph has reserved, credited back
     */
    PlacementRequest of(
            Graph graph,
            PlaceRequest wish,
            DecisionReason reason,
            TranslatedIntents intents,
            Map<String, EffectiveService> effective,
            Placement current,
            Map<ClusterId, Resources> own) {
        List<PlacementService> services = graph.services().stream()
                .map(spec -> service(
                        spec.id(),
                        effective.getOrDefault(spec.id(), EffectiveService.NOTHING),
                        current,
                        intents.overClusters().getOrDefault(spec.id(), 1)))
                .toList();
        PlacementRequestBuilder builder = new PlacementRequestBuilder(graph.id(), reason, services, capacities(own));
        builder.current(current);
        board.states().stream()
                .filter(state -> !state.ready())
                .forEach(state -> builder.unavailable(state.id(), "the cluster is not ready"));
        forbid(builder, intents, wish, reason, current);
        groups(builder, intents);
        graph.links().forEach(link -> link(builder, link, intents));
        latencies(builder);
        return builder.build();
    }

    /** Ready clusters with what a decision may use there. */
    List<ClusterCapacity> capacities(Map<ClusterId, Resources> own) {
        Map<ClusterId, Resources> free = board.free(own);
        Map<ClusterId, ClusterSignals> signals = ports.signals(free.keySet());
        List<ClusterCapacity> capacities = new ArrayList<>();
        free.forEach((id, amount) -> board.state(id)
                .ifPresent(state ->
                        capacities.add(capacity(state, amount, signals.getOrDefault(id, ClusterSignals.UNKNOWN)))));
        return capacities;
    }

    private ClusterCapacity capacity(ClusterState state, Resources free, ClusterSignals signals) {
        return new ClusterCapacity(
                state.id(),
                free,
                state.allocatable(),
                board.occupied(state.id(), free),
                state.labels(),
                state.energy(),
                signals);
    }

    private static PlacementService service(
            String id, EffectiveService effective, Placement current, int overClusters) {
        int replicas = current.of(id).isEmpty() ? Math.max(1, effective.minReplicas()) : current.replicasOf(id);
        return new PlacementService(id, effective.perReplica(), Math.max(replicas, overClusters), overClusters);
    }

    private static void forbid(
            PlacementRequestBuilder builder,
            TranslatedIntents intents,
            PlaceRequest wish,
            DecisionReason reason,
            Placement current) {
        for (int s = 0; s < builder.services().size(); s++) {
            String service = builder.services().get(s).id();
            Map<ClusterId, String> forbidden = intents.forbidden().getOrDefault(service, Map.of());
            for (int c = 0; c < builder.clusters().size(); c++) {
                ClusterId cluster = builder.clusters().get(c).id();
                String why = Stream.of(
                                forbidden.getOrDefault(cluster, ""), wished(wish, reason, service, cluster, current))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
                if (!why.isEmpty()) {
                    builder.forbid(s, c, why);
                }
            }
        }
    }

    /** What the request itself forbids: moves concern the named services only, offloading knows its target. */
    private static String wished(
            PlaceRequest wish, DecisionReason reason, String service, ClusterId cluster, Placement current) {
        if (reason != DecisionReason.MOVE && reason != DecisionReason.OFFLOAD) {
            return "";
        }
        boolean here = current.clustersOf(service).contains(cluster);
        boolean concerned = wish.services().isEmpty() || wish.services().contains(service);
        if (!concerned) {
            return here || current.of(service).isEmpty() ? "" : "the request does not concern this service: it stays";
        }
        if (reason == DecisionReason.MOVE) {
            return here ? "the request asks to leave this cluster" : "";
        }
        Optional<ClusterId> target = wish.target();
        return target.isPresent() && !target.get().equals(cluster)
                ? "the request asks for cluster " + target.get().name()
                : "";
    }

    private static void groups(PlacementRequestBuilder builder, TranslatedIntents intents) {
        intents.together().forEach(group -> builder.together(indexes(builder, group)));
        for (Pair pair : intents.apart()) {
            List<Integer> both = indexes(builder, List.of(pair.one(), pair.other()));
            if (both.size() == 2) {
                builder.apart(both.get(0), both.get(1));
            }
        }
    }

    private static void link(PlacementRequestBuilder builder, Link link, TranslatedIntents intents) {
        List<Integer> ends = indexes(builder, List.of(link.from(), link.to()));
        if (ends.size() == 2) {
            Double wished = intents.maxLatencyMillis().get(new Pair(link.from(), link.to()));
            OptionalDouble limit = wished == null
                    ? link.maxLatencyMillis()
                    : OptionalDouble.of(Math.min(wished, link.maxLatencyMillis().orElse(wished)));
            builder.link(new PlacementLink(ends.get(0), ends.get(1), link.trafficMegabytesPerSecond(), limit));
        }
    }

    private void latencies(PlacementRequestBuilder builder) {
        List<ClusterId> ids =
                builder.clusters().stream().map(ClusterCapacity::id).toList();
        Map<ClusterId, Map<ClusterId, Double>> known = ports.latencyMillis(ids);
        for (int from = 0; from < ids.size(); from++) {
            for (int to = 0; to < ids.size(); to++) {
                Double millis = known.getOrDefault(ids.get(from), Map.of()).get(ids.get(to));
                if (millis != null) {
                    builder.latency(from, to, millis);
                }
            }
        }
    }

    private static List<Integer> indexes(PlacementRequestBuilder builder, Collection<String> services) {
        List<String> ids = builder.services().stream().map(PlacementService::id).toList();
        return services.stream().map(ids::indexOf).filter(index -> index >= 0).toList();
    }
}
