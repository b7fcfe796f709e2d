// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.LifecyclePolicy.OnClusterReturn;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Unrequested changes of a graph's placement that the engine proposes, and their limits. */
public final class AutomaticPlacement {

    private final ClusterInventory clusterInventory;
    private final MoveBudget budget;
    private final Duration failoverGrace;
    private final Duration replacementInterval;
    private final ImprovementSchedule improvements;
    private final DailyMoves moves;
    private final Function<GraphId, Optional<Instant>> lastPlacedForRoom;
    private final Clock clock;
    private final SeenTime time;
    /** Cache of what the scaling of this process has found, found again by its next pass over a graph. */
    private final Map<GraphId, Map<String, Integer>> starved = new ConcurrentHashMap<>();
    /** Cache of the same kind, found again in the same way. */
    private final Map<GraphId, Map<String, String>> unscalable = new ConcurrentHashMap<>();
    /** Cache of the seen time of next placements for lack of capacity, found again by the last one in the journal. */
    private final Map<GraphId, Duration> replacedUntil = new ConcurrentHashMap<>();

    /** @param lastPlacedForRoom when a graph was placed for lack of room by a former process; empty if never */
    public AutomaticPlacement(
            ClusterInventory clusterInventory,
            MoveBudget budget,
            Duration failoverGrace,
            Duration replacementInterval,
            Function<GraphId, Optional<Instant>> lastPlacedForRoom,
            Clock clock,
            SeenTime time) {
        this.clusterInventory = clusterInventory;
        this.budget = budget;
        this.failoverGrace = failoverGrace;
        this.replacementInterval = replacementInterval;
        this.improvements = new ImprovementSchedule(replacementInterval, time);
        this.moves = new DailyMoves(time);
        this.lastPlacedForRoom = lastPlacedForRoom;
        this.clock = clock;
        this.time = time;
    }

    /**
     * Replicas that a graph needs and that do not fit where it is; nothing when all fits again.
     *
     * @return whether these are others than before
     */
    public boolean starved(GraphId graph, Map<String, Integer> replicas) {
        Map<String, Integer> before = replicas.isEmpty() ? starved.remove(graph) : starved.put(graph, replicas);
        return !replicas.equals(Optional.ofNullable(before).orElse(Map.of()));
    }

    /**
     * Services of a graph that cannot be scaled as their demand needs, with the reasons.
     *
     * @param reasons service → reason; the first text stays as long as the reason holds, because the numbers in it
     *     follow the load
     * @param undecided services of which nothing is known now: their last reasons stay
     * @return whether these are other services than before
     */
    public boolean unscalable(GraphId graph, Map<String, String> reasons, Set<String> undecided) {
        Map<String, String> before = unscalable.getOrDefault(graph, Map.of());
        Map<String, String> now = new TreeMap<>(before);
        now.keySet().retainAll(undecided);
        reasons.forEach((service, reason) -> now.put(service, before.getOrDefault(service, reason)));
        unscalable.put(graph, now);
        return !now.keySet().equals(before.keySet());
    }

    /** The last reported reasons, for conditions; empty before the first decision of this process. */
    public Optional<Map<String, String>> unscalable(GraphId graph) {
        return Optional.ofNullable(unscalable.get(graph));
    }

    /** Returns whether a graph lacks room for replicas: time alone can bring it another placement. */
    public boolean isStarved(GraphId graph) {
        return starved.containsKey(graph);
    }

    public void forget(GraphId graph) {
        unscalable.remove(graph);
        starved.remove(graph);
        replacedUntil.remove(graph);
        improvements.forget(graph);
        moves.forget(graph);
    }

    /** A graph is as it was decided; it may be improved when there is nothing else to do. */
    public void converged(GraphRecord record, DecidedGraph decided, Graph graph) {
        moves.saw(record.id(), decided.placement());
        improvements.converged(record, decided, graph);
    }

    /** Clusters in use that are unavailable for longer than the grace. */
    public Set<ClusterId> lost(GraphRecord record) {
        Set<ClusterId> lost = new LinkedHashSet<>();
        record.decided().map(DecidedGraph::placement).ifPresent(placement -> placement.clusters().stream()
                .filter(cluster -> clusterInventory
                        .awayFor(cluster)
                        .filter(away -> away.compareTo(failoverGrace) >= 0)
                        .isPresent())
                .forEach(lost::add));
        return lost;
    }

    /** Graphs with reservations on clusters that are unavailable for longer than the grace. */
    public List<GraphId> stranded() {
        return clusterInventory.stranded(failoverGrace);
    }

    /** The decision that is needed now, most urgent first. */
    public Optional<PlacementDemand> wanted(GraphRecord record, Graph graph) {
        boolean improvement = improvements.begin(record.id());
        Optional<PlacementDemand> needed = needed(record, graph);
        if (!improvement || needed.isPresent()) {
            if (improvement) {
                improvements.postpone(record.id());
            }
            return needed;
        }
        boolean now = record.decided()
                .filter(decided -> mayBeImproved(record, graph, decided))
                .isPresent();
        if (!now) {
            improvements.postpone(record.id());
        }
        return now
                ? Optional.of(PlacementDemand.automatic(DecisionReason.IMPROVE, moves.resting(record.id())))
                : Optional.empty();
    }

    private boolean mayBeImproved(GraphRecord record, Graph graph, DecidedGraph decided) {
        return !record.desired().paused()
                && !graph.staticPlacement()
                && !decided.inTransit()
                && decided.constraints().keepPlacement().isEmpty()
                && budget.left(graph, decided).orElse(1) > 0
                && decided.placement().clusters().stream().allMatch(clusterInventory::ready)
                && isQuiet();
    }

    /** Whether no cluster has come just now: it may go again, and nobody needs it. */
    private boolean isQuiet() {
        return clusterInventory.states().stream().filter(ClusterState::ready).allMatch(cluster -> clusterInventory
                .readyFor(cluster.id())
                .filter(ready -> ready.compareTo(failoverGrace) >= 0)
                .isPresent());
    }

    /**
     * Graphs that may be improved, which have to get a pass then.
     *
     * @param most at most so many
     * @param signals those of the clusters now
     */
    public List<GraphId> improvable(int most, Supplier<Map<ClusterId, ClusterSignals>> signals) {
        return isQuiet() ? improvements.take(most, signals) : List.of();
    }

    private Optional<PlacementDemand> needed(GraphRecord record, Graph graph) {
        Optional<DecidedGraph> decided = record.decided();
        if (record.desired().paused() || decided.isEmpty() || graph.staticPlacement()) {
            return Optional.empty();
        }
        return failover(record, graph, decided.get())
                .or(() -> drain(decided.get()))
                .or(() -> decided.get().inTransit() ? Optional.empty() : home(graph, decided.get()))
                .or(() -> decided.get().inTransit() ? Optional.empty() : room(record.id(), decided.get()));
    }

    private Optional<PlacementDemand> failover(GraphRecord record, Graph graph, DecidedGraph decided) {
        Set<ClusterId> lost = lost(record);
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        List<String> concerned = on(decided.placement(), lost);
        int allowed = budget.left(graph, decided).orElse(concerned.size());
        if (allowed == 0) {
            return Optional.empty();
        }
        Set<String> postponed =
                new LinkedHashSet<>(concerned.subList(Math.min(allowed, concerned.size()), concerned.size()));
        return Optional.of(PlacementDemand.automatic(DecisionReason.FAILOVER, others(decided.placement(), concerned))
                .postponing(postponed));
    }

    private Optional<PlacementDemand> drain(DecidedGraph decided) {
        List<String> concerned = decided.placement().shares().keySet().stream()
                .filter(service -> decided.placement().clustersOf(service).stream()
                        .anyMatch(cluster -> clusterInventory.ready(cluster)
                                && !clusterInventory.closed(cluster, true).isEmpty()))
                .toList();
        return concerned.isEmpty()
                ? Optional.empty()
                : Optional.of(PlacementDemand.automatic(DecisionReason.DRAIN, others(decided.placement(), concerned)));
    }

    private Optional<PlacementDemand> home(Graph graph, DecidedGraph decided) {
        if (graph.lifecycle().onClusterReturn() != OnClusterReturn.RETURN) {
            return Optional.empty();
        }
        Map<String, ClusterId> home = new HashMap<>(decided.homes());
        // a home is one cluster; a divided service would return to it with all replicas
        home.keySet().removeIf(service -> decided.placement().of(service).size() > 1);
        home.values()
                .removeIf(cluster -> !clusterInventory.closed(cluster, false).isEmpty()
                        || clusterInventory
                                .readyFor(cluster)
                                .filter(ready -> ready.compareTo(failoverGrace) >= 0)
                                .isEmpty());
        int allowed = budget.left(graph, decided).orElse(home.size());
        home.keySet().retainAll(home.keySet().stream().sorted().limit(allowed).toList());
        return home.isEmpty()
                ? Optional.empty()
                : Optional.of(PlacementDemand.automatic(
                                DecisionReason.RETURN, others(decided.placement(), List.copyOf(home.keySet())))
                        .pinning(home));
    }

    private Optional<PlacementDemand> room(GraphId graph, DecidedGraph decided) {
        Map<String, Integer> wanted = starved.get(graph);
        if (wanted == null || !decided.constraints().keepPlacement().isEmpty()) {
            return Optional.empty();
        }
        Duration now = time.now();
        if (now.compareTo(replacedUntil.computeIfAbsent(graph, this::replacedUntil)) < 0) {
            return Optional.empty();
        }
        replacedUntil.put(graph, now.plus(replacementInterval));
        starved.remove(graph);
        return Optional.of(PlacementDemand.automatic(DecisionReason.SCALE, moves.resting(graph))
                .pinning(places(decided.placement(), moves.exhausted(graph)))
                .withReplicas(wanted));
    }

    /** Where these services are; a divided one has no such place. */
    private static Map<String, ClusterId> places(Placement placement, Set<String> services) {
        Map<String, ClusterId> places = new HashMap<>();
        services.stream()
                .filter(service -> placement.of(service).size() == 1)
                .forEach(service -> placement.clusterOf(service).ifPresent(cluster -> places.put(service, cluster)));
        return places;
    }

    /** As a former process has left it; different clocks make a graph wait no longer than the interval. */
    private Duration replacedUntil(GraphId graph) {
        Duration left = lastPlacedForRoom
                .apply(graph)
                .map(at -> Duration.between(clock.instant(), at).plus(replacementInterval))
                .orElse(Duration.ZERO);
        return time.now().plus(left.compareTo(replacementInterval) > 0 ? replacementInterval : left);
    }

    private static List<String> on(Placement placement, Set<ClusterId> clusters) {
        return placement.shares().keySet().stream()
                .filter(service -> placement.clustersOf(service).stream().anyMatch(clusters::contains))
                .toList();
    }

    private static Set<String> others(Placement placement, List<String> concerned) {
        Set<String> others = new LinkedHashSet<>(placement.shares().keySet());
        concerned.forEach(others::remove);
        return others;
    }
}
