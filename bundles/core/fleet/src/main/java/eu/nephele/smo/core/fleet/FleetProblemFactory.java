// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import eu.nephele.smo.core.fleet.FleetProblem.FleetLoad;
import eu.nephele.smo.core.fleet.FleetProblem.FleetRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Joins the problems of the graphs to one. Not thread-safe; makes one problem. */
final class FleetProblemFactory {

    private final HypotheticalWorld world;
    private final List<ClusterCapacity> clusters;
    private final Map<ClusterId, Integer> columns = new HashMap<>();
    private final List<FleetGraph> graphs = new ArrayList<>();
    private final List<PlacementService> services = new ArrayList<>();
    private final List<Integer> current = new ArrayList<>();
    private final List<String[]> forbidden = new ArrayList<>();
    private final Resources[] staying;
    private final Resources[] capacity;
    private final SortedMap<GraphId, String> reasons = new TreeMap<>();

    private FleetProblemFactory(FleetSnapshot snapshot, HypotheticalWorld world) {
        this.world = world;
        this.clusters = world.clusters(snapshot.clusters());
        for (int c = 0; c < clusters.size(); c++) {
            columns.put(clusters.get(c).id(), c);
        }
        this.staying = new Resources[clusters.size()];
        Arrays.fill(staying, Resources.NONE);
        this.capacity = clusters.stream().map(ClusterCapacity::free).toArray(Resources[]::new);
        reasons.putAll(snapshot.unplaced());
    }

    /**
     * @param problem of the graphs that may move
     * @param staying the others, and why
     */
    record JoinedFleet(FleetProblem problem, SortedMap<GraphId, String> staying) {}

    static JoinedFleet create(FleetSnapshot snapshot, HypotheticalWorld world) {
        FleetProblemFactory factory = new FleetProblemFactory(snapshot, world);
        snapshot.members().forEach(factory::add);
        // intents of single graphs may assume what nobody measures
        LatencyMatrix latencies = snapshot.members().stream()
                .map(FleetMember::problem)
                .filter(distinctLatencies())
                .map(factory::latencies)
                .reduce(LatencyMatrix.UNKNOWN, LatencyMatrix::or);
        return new JoinedFleet(factory.problem(latencies), factory.reasons);
    }

    /** Members of one moment share their matrix, unless an intent assumes something: one of each is enough. */
    private static Predicate<PlacementRequest> distinctLatencies() {
        IdentityHashMap<LatencyMatrix, List<ClusterId>> seen = new IdentityHashMap<>();
        return problem -> {
            List<ClusterId> ids =
                    problem.clusters().stream().map(ClusterCapacity::id).toList();
            return !ids.equals(seen.put(problem.latencies(), ids));
        };
    }

    private void add(FleetMember member) {
        String stays = isDivided(member.problem())
                ? "the replicas of a service are divided over clusters"
                : world.stays(member);
        if (!stays.isEmpty()) {
            reasons.put(member.graph(), stays);
            member.reserved().forEach((cluster, amount) -> stay(cluster, world.scaled(amount)));
            return;
        }
        int first = services.size();
        PlacementRequest own = member.problem();
        int[] there = own.clusters().stream()
                .mapToInt(cluster -> columns.getOrDefault(cluster.id(), FleetProblem.NOWHERE))
                .toArray();
        Map<ClusterId, Resources> beyond = new LinkedHashMap<>(member.reserved());
        for (int s = 0; s < own.services().size(); s++) {
            PlacementService service = own.services().get(s);
            services.add(new PlacementService(
                    member.graph() + "/" + service.id(),
                    world.scaled(service.perReplica()),
                    service.replicas(),
                    service.division()));
            int before = own.current(s).isPresent() ? there[own.current(s).getAsInt()] : FleetProblem.NOWHERE;
            int at = before != FleetProblem.NOWHERE
                            && world.isLost(clusters.get(before).id())
                    ? FleetProblem.NOWHERE
                    : before;
            current.add(at);
            forbidden.add(forbidden(member, s, there, at));
            if (before != FleetProblem.NOWHERE) {
                beyond.computeIfPresent(
                        clusters.get(before).id(), (any, amount) -> amount.minusFloored(service.demand()));
            }
        }
        beyond.forEach(this::stay);
        graphs.add(new FleetGraph(member, first));
    }

    private void stay(ClusterId cluster, Resources amount) {
        Integer column = columns.get(cluster);
        if (column != null && !world.isLost(cluster)) {
            staying[column] = staying[column].plus(amount);
        }
    }

    private String[] forbidden(FleetMember member, int service, int[] there, int at) {
        PlacementRequest own = member.problem();
        String[] why = new String[clusters.size()];
        Arrays.fill(why, "the cluster was not there when the graph was read");
        for (int c = 0; c < there.length; c++) {
            if (there[c] != FleetProblem.NOWHERE) {
                why[there[c]] = own.whyNotAllowed(service, c);
            }
        }
        Map<ClusterId, String> notOnAdded =
                member.notOnAdded().getOrDefault(own.services().get(service).id(), Map.of());
        for (int c = 0; c < why.length; c++) {
            ClusterId cluster = clusters.get(c).id();
            if (world.isAdded(cluster)) {
                why[c] = notOnAdded.getOrDefault(cluster, "");
            } else if (world.isLost(cluster)) {
                why[c] = "the cluster is lost";
            } else if (world.movesOnlyLost() && at != FleetProblem.NOWHERE && at != c) {
                why[c] = "its cluster is not lost: it stays";
            }
        }
        return why;
    }

    private static boolean isDivided(PlacementRequest problem) {
        for (int s = 0; s < problem.services().size(); s++) {
            int shares = 0;
            for (int c = 0; c < problem.clusters().size(); c++) {
                shares += problem.currentReplicas(s, c) > 0 ? 1 : 0;
            }
            if (shares > 1 || problem.services().get(s).isDivided()) {
                return true;
            }
        }
        return false;
    }

    private LatencyMatrix latencies(PlacementRequest known) {
        List<ClusterId> ids = clusters.stream().map(ClusterCapacity::id).toList();
        List<ClusterId> knownIds =
                known.clusters().stream().map(ClusterCapacity::id).toList();
        if (ids.equals(knownIds)) {
            return known.latencies();
        }
        Map<ClusterId, Map<ClusterId, Double>> all = new HashMap<>();
        for (int from = 0; from < knownIds.size(); from++) {
            for (int to = 0; to < knownIds.size(); to++) {
                OptionalDouble millis = known.latencyMillis(from, to);
                if (millis.isPresent()) {
                    all.computeIfAbsent(knownIds.get(from), any -> new HashMap<>())
                            .put(knownIds.get(to), millis.getAsDouble());
                }
            }
        }
        return LatencyMatrix.of(ids, all);
    }

    private FleetProblem problem(LatencyMatrix latencies) {
        int[] at = current.stream().mapToInt(Integer::intValue).toArray();
        boolean keep = world.isReal() || world.movesOnlyLost();
        int[] kept = at.clone();
        if (!keep) {
            Arrays.fill(kept, FleetProblem.NOWHERE);
        }
        FleetRows rows = new FleetRows(at, kept, forbidden.toArray(String[][]::new));
        FleetLoad load = new FleetLoad(capacity.clone(), capacity, staying);
        FleetProblem problem = new FleetProblem(clusters, latencies, graphs, services, rows, load);
        if (keep) {
            // what is used already beyond a capacity may stay, and nothing may be added to it
            Resources[] used = problem.used(at);
            for (int c = 0; c < capacity.length; c++) {
                capacity[c] = capacity[c].max(used[c]);
            }
        }
        return problem;
    }
}
