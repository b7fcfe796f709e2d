// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

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
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePair;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePreference;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Creates placement problems from a graph, its translated intents and the present clusters. */
public final class PlacementProblemFactory {

    private final ClusterInventory clusterInventory;
    private final AdapterPorts ports;
    private final SignalCache signalCache;

    public PlacementProblemFactory(ClusterInventory clusterInventory, AdapterPorts ports, Clock clock) {
        this.clusterInventory = clusterInventory;
        this.ports = ports;
        this.signalCache = new SignalCache(ports, clock);
    }

    /** @param own what the graph has reserved, credited back */
    PlacementRequest create(
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<String, EffectiveService> effective,
            Placement current,
            Map<ClusterId, Resources> own) {
        TranslatedIntents intents = decisionInputs.intents();
        List<PlacementService> services = graph.services().stream()
                .filter(spec -> !placementDemand.postponed().contains(spec.id()))
                .map(spec -> service(
                        spec.id(),
                        placementDemand.replicas().get(spec.id()),
                        effective.getOrDefault(spec.id(), EffectiveService.NOTHING),
                        current))
                .toList();
        PlacementRequestBuilder builder = new PlacementRequestBuilder(
                graph.id(),
                placementDemand.reason(),
                services,
                capacities(clusterInventory.free(graph.id(), own), decisionInputs.signals()));
        builder.current(current);
        clusterInventory.states().stream()
                .filter(state -> !state.ready())
                .forEach(state -> builder.unavailable(state.id(), "the cluster is not ready"));
        forbid(builder, graph, intents, placementDemand, current, own.keySet());
        groups(builder, intents);
        graph.links().forEach(link -> link(builder, link, intents));
        preferences(builder, intents);
        builder.latencies(
                signalCache.latencies(builder.clusters(), intents.latencies().assumedMillis()));
        return builder.build();
    }

    /** Signals of all clusters now; those without are missing. */
    public Map<ClusterId, ClusterSignals> signals() {
        return signalCache.signals(
                clusterInventory.states().stream().map(ClusterState::id).collect(Collectors.toSet()));
    }

    /** Ready clusters with what a decision may use there. */
    public List<ClusterCapacity> capacitiesBeside(Map<ClusterId, Resources> own) {
        Map<ClusterId, Resources> free = clusterInventory.free(own);
        return capacities(free, signalCache.signals(free.keySet()));
    }

    private List<ClusterCapacity> capacities(Map<ClusterId, Resources> free, Map<ClusterId, ClusterSignals> signals) {
        List<ClusterCapacity> capacities = new ArrayList<>();
        free.forEach((id, amount) -> clusterInventory
                .state(id)
                .ifPresent(state ->
                        capacities.add(capacity(state, amount, signals.getOrDefault(id, ClusterSignals.UNKNOWN)))));
        return capacities;
    }

    private ClusterCapacity capacity(ClusterState state, Resources free, ClusterSignals signals) {
        return new ClusterCapacity(
                state.id(),
                free,
                state.allocatable(),
                clusterInventory.occupied(state.id(), free),
                state.labels(),
                state.energy(),
                signals);
    }

    private static PlacementService service(
            String id, @Nullable Integer wanted, EffectiveService effective, Placement current) {
        int present = current.of(id).isEmpty() ? Math.max(1, effective.minReplicas()) : current.replicasOf(id);
        int bounded = Math.min(Math.max(present, effective.minReplicas()), effective.maxReplicas());
        int replicas = wanted == null ? bounded : Math.min(wanted, effective.maxReplicas());
        return new PlacementService(
                id, effective.perReplica(), divisible(replicas, effective.division()), effective.division());
    }

    /** Returns the number of replicas, or as many more as it takes to divide them; none stay none where one cluster is enough. */
    private static int divisible(int replicas, ReplicaDivision division) {
        return replicas == 0 && division.overClusters() == 1 ? 0 : division.atLeast(replicas);
    }

    private void forbid(
            PlacementRequestBuilder builder,
            Graph graph,
            TranslatedIntents intents,
            PlacementDemand placementDemand,
            Placement current,
            Set<ClusterId> reserved) {
        RunnableArtifacts artifacts = new RunnableArtifacts(graph, builder.clusters(), clusterInventory, ports);
        for (int s = 0; s < builder.services().size(); s++) {
            String service = builder.services().get(s).id();
            Map<ClusterId, String> forbidden = intents.forbidden().getOrDefault(service, Map.of());
            List<ClusterId> places = current.clustersOf(service);
            for (int c = 0; c < builder.clusters().size(); c++) {
                ClusterId cluster = builder.clusters().get(c).id();
                boolean here = places.contains(cluster);
                String why = forbidden.getOrDefault(cluster, "");
                if (why.isEmpty()) {
                    why = artifacts.why(service, c);
                }
                if (why.isEmpty()) {
                    why = DedicatedClusters.why(builder.clusters().get(c), graph.id());
                }
                if (why.isEmpty()) {
                    why = clusterInventory.closed(cluster, here && reserved.contains(cluster));
                }
                if (why.isEmpty()) {
                    why = asked(placementDemand, service, cluster, current, here);
                }
                if (!why.isEmpty()) {
                    builder.forbid(s, c, why);
                }
            }
        }
    }

    private static String asked(
            PlacementDemand placementDemand, String service, ClusterId cluster, Placement current, boolean here) {
        ClusterId pin = placementDemand.pins().get(service);
        if (pin != null) {
            return pin.equals(cluster) ? "" : "it has to go to " + pin.name();
        }
        if (placementDemand.staying().contains(service) && !current.of(service).isEmpty()) {
            return here ? "" : "only services that are concerned move: it stays";
        }
        return wished(placementDemand, service, cluster, current, here);
    }

    /** Returns the user's restriction: moves concern the named services only, offloading has a fixed target. */
    private static String wished(
            PlacementDemand placementDemand, String service, ClusterId cluster, Placement current, boolean here) {
        DecisionReason reason = placementDemand.reason();
        if (reason != DecisionReason.MOVE && reason != DecisionReason.OFFLOAD) {
            return "";
        }
        boolean concerned = placementDemand.wish().services().isEmpty()
                || placementDemand.wish().services().contains(service);
        if (!concerned) {
            return here || current.of(service).isEmpty() ? "" : "the request does not concern this service: it stays";
        }
        if (reason == DecisionReason.MOVE) {
            return here ? "the request asks to leave this cluster" : "";
        }
        Optional<ClusterId> target = placementDemand.wish().target();
        return target.isPresent() && !target.get().equals(cluster)
                ? "the request asks for cluster " + target.get().name()
                : "";
    }

    private static void groups(PlacementRequestBuilder builder, TranslatedIntents intents) {
        intents.neighbours().together().forEach(group -> builder.together(indexes(builder, group)));
        for (ServicePair pair : intents.neighbours().apart()) {
            List<Integer> both = indexes(builder, List.of(pair.one(), pair.other()));
            if (both.size() == 2) {
                builder.apart(both.get(0), both.get(1));
            }
        }
    }

    private static void preferences(PlacementRequestBuilder builder, TranslatedIntents intents) {
        for (ServicePreference preference : intents.preferences()) {
            Set<Integer> against = IntStream.range(0, builder.clusters().size())
                    .filter(c -> preference
                            .against()
                            .contains(builder.clusters().get(c).id()))
                    .boxed()
                    .collect(Collectors.toSet());
            indexes(builder, List.of(preference.service()))
                    .forEach(service -> builder.preference(
                            new PlacementPreference(service, preference.weight(), preference.why(), against)));
        }
    }

    private static void link(PlacementRequestBuilder builder, Link link, TranslatedIntents intents) {
        List<Integer> ends = indexes(builder, List.of(link.from(), link.to()));
        if (ends.size() == 2) {
            Double wished = intents.latencies().maxMillis().get(new ServicePair(link.from(), link.to()));
            OptionalDouble limit = wished == null
                    ? link.maxLatencyMillis()
                    : OptionalDouble.of(Math.min(wished, link.maxLatencyMillis().orElse(wished)));
            builder.link(new PlacementLink(ends.get(0), ends.get(1), link.trafficMegabytesPerSecond(), limit));
        }
    }

    private static List<Integer> indexes(PlacementRequestBuilder builder, Collection<String> services) {
        List<String> ids = builder.services().stream().map(PlacementService::id).toList();
        return services.stream().map(ids::indexOf).filter(index -> index >= 0).toList();
    }
}
