// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Known clusters, and the share of each that our graphs may use in total: the capacity ledger. Free for a decision is
 * the limit observed by the {@link ClusterObserver} less all reservations, the decision's own credited back.
 */
public final class ClusterInventory {

    private final CapacityStore capacity;
    private final SeenTime time;
    private final Duration grace;
    /** Seen time after which no source is waited for any more. */
    private volatile Duration timeout;
    /** Cache of the sources in the notes of clusters that have not reported; found again by them at each start. */
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();

    private volatile boolean startsAgain;
    private final OwnPodUsage use;
    private final ToIntFunction<GraphId> priorities;
    /** Cache of the stored reservations, found again by reading them at each start. */
    private final ReservationLevels levels = new ReservationLevels();

    private final ClusterObserver observer;
    private final ClusterReadiness clusterReadiness;
    /** Cache of the stored notes of clusters, found again by them at each start. */
    private final Map<ClusterId, ClusterNote> directives = new ConcurrentHashMap<>();

    private boolean begins;
    private volatile ClusterSnapshot snapshot = ClusterSnapshot.NOTHING;

    /**
     * @param priorities of graphs as they are known
     * @param timeout how long sources that were there before are waited for
     */
    public ClusterInventory(
            AdapterPorts ports,
            CapacityStore capacity,
            ToIntFunction<GraphId> priorities,
            Duration timeout,
            Clock clock,
            SeenTime time) {
        this.use = new OwnPodUsage(ports);
        this.observer = new ClusterObserver(ports, use, clock);
        this.clusterReadiness = new ClusterReadiness(clock, time);
        this.capacity = capacity;
        this.priorities = priorities;
        this.grace = timeout;
        this.timeout = time.now().plus(timeout);
        this.time = time;
    }

    /** The work begins now: sources that were there before are waited for, from the first poll on. */
    public synchronized void begin() {
        timeout = time.now().plus(grace);
        begins = true;
        observer.begin();
        clusterReadiness.begin();
        snapshot = snapshot.unknown();
    }

    /** Takes note of the sources, and of no limits: a server that stands by decides nothing. */
    public synchronized void watch() {
        snapshot = observer.watch();
    }

    public void track(GraphId graph, Set<WorkloadRef> refs, Map<ClusterId, Resources> reserved) {
        use.track(graph, refs, reserved);
        levels.track(graph, priorities.applyAsInt(graph), reserved);
    }

    public void forget(GraphId graph) {
        use.forget(graph);
        levels.forget(graph);
    }

    public void stir(GraphId graph) {
        use.stir(graph);
    }

    public Map<ClusterId, Resources> reservedBy(GraphId graph) {
        return capacity.reservedBy(graph);
    }

    /** All clusters, ready or not, in name order. */
    public List<ClusterState> states() {
        return List.copyOf(snapshot.states().values());
    }

    Set<String> sources() {
        return snapshot.sources();
    }

    /** Returns whether a cluster is there and takes work. */
    public boolean ready(ClusterId cluster) {
        ClusterState state = snapshot.states().get(cluster);
        return state != null && state.ready();
    }

    /** Since when a cluster is gone or not ready, for people; empty while it is ready. */
    public Optional<Instant> awaySince(ClusterId cluster) {
        return ready(cluster) ? Optional.empty() : Optional.of(clusterReadiness.awaySince(cluster));
    }

    /** The time for which this process has seen a cluster gone or not ready; empty while it is ready. */
    public Optional<Duration> awayFor(ClusterId cluster) {
        return ready(cluster) ? Optional.empty() : Optional.of(clusterReadiness.awayFor(cluster));
    }

    /** The time for which this process has seen a cluster ready; empty while it is not. */
    public Optional<Duration> readyFor(ClusterId cluster) {
        return ready(cluster) ? clusterReadiness.readyFor(cluster) : Optional.empty();
    }

    /** A cluster is unavailable since before this process began. */
    void rememberAway(ClusterId cluster, Instant since) {
        clusterReadiness.remember(cluster, since);
    }

    /** Decisions wait for a while for clusters of this source, which existed before this process began. */
    void expect(String source) {
        awaited.add(source);
        startsAgain = true;
    }

    /** The remaining time in which sources from before this process may still return; zero when none is missing. */
    public Duration patience() {
        Duration left = timeout.minus(time.now());
        return startsAgain && !left.isNegative() ? left : Duration.ZERO;
    }

    /**
     * The reason why no decision is possible now; empty when it is. Clusters that no source has listed yet are not
     * known to be gone, and own pods that no source has reported look like those of others: a decision without them
     * would call infeasible, or move, a graph that is fine a moment later.
     */
    public Optional<SmoException> blind() {
        ClusterSnapshot now = snapshot;
        Set<String> missing = new TreeSet<>(awaited);
        boolean nobody = now.sources().isEmpty();
        if (!nobody && !isPatient()) {
            return Optional.empty();
        }
        if (nobody || !missing.isEmpty()) {
            return Optional.of(untold(missing, "The list of clusters"));
        }
        Set<String> silent = now.silent();
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(untold(silent, "The state of the clusters of " + String.join(", ", silent)));
    }

    private static SmoException untold(Set<String> sources, String what) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                sources.isEmpty() ? "clusters" : String.join(", ", sources),
                "%s is unavailable; placement is retried until it is known".formatted(what),
                Optional.empty());
    }

    /** Returns whether what is not there yet is still waited for. */
    public boolean isPatient() {
        return time.now().compareTo(timeout) < 0;
    }

    /** Returns whether these sources listed their clusters at the last poll. */
    public boolean announces(Set<String> sources) {
        return snapshot.sources().containsAll(sources);
    }

    void direct(ClusterNote directive) {
        if (directive.cordoned() || directive.draining()) {
            directives.put(directive.cluster(), directive);
        } else {
            directives.remove(directive.cluster());
        }
    }

    void undirect(ClusterId cluster) {
        directives.remove(cluster);
    }

    /** The reason why an operator keeps a service off a cluster, "" when it is open. */
    public String closed(ClusterId cluster, boolean here) {
        ClusterNote directive = directives.get(cluster);
        if (directive == null) {
            return "";
        } else if (directive.draining()) {
            return "the cluster is being emptied";
        }
        return here ? "" : "the cluster is cordoned";
    }

    /** Services of a graph that can stay at their places: on ready clusters that are not being drained. */
    public Set<String> settled(GraphRecord record) {
        Placement placement = record.decided().map(DecidedGraph::placement).orElse(Placement.NONE);
        Set<String> settled = new TreeSet<>(placement.shares().keySet());
        settled.removeIf(service -> !placement.clustersOf(service).stream()
                .allMatch(cluster -> ready(cluster) && closed(cluster, true).isEmpty()));
        return settled;
    }

    /** Graphs that have a reservation on a cluster, in order. */
    List<GraphId> on(ClusterId cluster) {
        return use.reservations().entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(cluster))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Returns the free resources of a decision on a graph per ready cluster. Load of others, real or apparent, does not
     * drive the graph away from its present place: pods that are being replaced count twice for a moment. The size of
     * the cluster does: a reservation above it does not stay. Use of its own pods beyond its reservation does not drive
     * it away, either. It counts as free only where these pods are going to end, as those of a revision that is being
     * replaced: pods that request more than was decided will continue to do so.
     *
     * @param own what the decision's services have reserved themselves
     */
    public Map<ClusterId, Resources> free(GraphId graph, Map<ClusterId, Resources> own) {
        ClusterSnapshot now = snapshot;
        Map<ClusterId, Resources> reserved = capacity.reserved();
        Map<ClusterId, Resources> resources = free(own, now, reserved, cluster -> now.roomFor(graph, cluster));
        if (own.isEmpty()) {
            return resources;
        }
        Map<ClusterId, Resources> place = free(own, now, reserved, cluster -> now.offeredTo(graph, cluster));
        Map<ClusterId, Resources> whole = free(
                own, now, reserved, cluster -> Optional.ofNullable(now.states().get(cluster))
                        .map(ClusterState::allocatable)
                        .orElse(Resources.NONE));
        own.forEach((cluster, mine) -> resources.computeIfPresent(cluster, (any, amount) -> {
            Resources held = smaller(heldBy(graph, cluster, mine), whole.getOrDefault(cluster, Resources.NONE));
            Resources kept = place.getOrDefault(cluster, Resources.NONE).max(held);
            return amount.max(smaller(mine, kept));
        }));
        return resources;
    }

    /** Returns the use of a graph's pods beyond the reservations of its services that are not decided on. */
    private Resources heldBy(GraphId graph, ClusterId cluster, Resources own) {
        Resources all = use.reservations().getOrDefault(graph, Map.of()).getOrDefault(cluster, Resources.NONE);
        return use.usedBy(graph, cluster).minusFloored(all.minusFloored(own));
    }

    /**
     * Returns the part of it beyond the limits of the ledger, which count these pods as permanent.
     *
     * @param clusters on which the graph reserves something
     */
    public Headroom headroom(GraphId graph, Set<ClusterId> clusters) {
        ClusterSnapshot now = snapshot;
        Map<ClusterId, Resources> limits = new TreeMap<>(now.limits());
        limits.keySet().retainAll(clusters);
        Map<ClusterId, Resources> resources = new TreeMap<>();
        limits.keySet().forEach(cluster -> resources.put(cluster, now.roomFor(graph, cluster)));
        return new Headroom(limits, resources);
    }

    static Resources smaller(Resources one, Resources other) {
        return one.minusFloored(one.minusFloored(other));
    }

    /** Returns the free resources of a decision per ready cluster. */
    public Map<ClusterId, Resources> free(Map<ClusterId, Resources> own) {
        ClusterSnapshot now = snapshot;
        return free(own, now, capacity.reserved(), cluster -> now.limits().getOrDefault(cluster, Resources.NONE));
    }

    private static Map<ClusterId, Resources> free(
            Map<ClusterId, Resources> own,
            ClusterSnapshot now,
            Map<ClusterId, Resources> reserved,
            Function<ClusterId, Resources> limit) {
        Map<ClusterId, Resources> free = new TreeMap<>();
        now.states().forEach((id, state) -> {
            if (state.ready()) {
                Resources others =
                        reserved.getOrDefault(id, Resources.NONE).minusFloored(own.getOrDefault(id, Resources.NONE));
                free.put(id, limit.apply(id).minusFloored(others));
            }
        });
        return free;
    }

    /** Returns whether anything but the given use is on the cluster. */
    public boolean occupied(ClusterId cluster, Resources free) {
        ClusterState state = snapshot.states().get(cluster);
        return state != null && !state.allocatable().fitsInto(free);
    }

    /** A cluster as it was reported last; empty when no source lists it. */
    public Optional<ClusterState> state(ClusterId cluster) {
        return Optional.ofNullable(snapshot.states().get(cluster));
    }

    /**
     * What graphs of less than a priority have reserved on a cluster together.
     *
     * @param project whose graphs are named, the least important first
     * @param most names
     */
    public LowerReservations reservedBelow(ClusterId cluster, int priority, String project, int most) {
        return levels.below(cluster, priority, project, most);
    }

    /** Graphs that have a reservation on a cluster that is not ready. */
    public List<GraphId> stranded() {
        return stranded(Duration.ZERO);
    }

    /** Graphs that have a reservation on a cluster that has not been ready for that long. */
    public List<GraphId> stranded(Duration atLeast) {
        return use.reservations().entrySet().stream()
                .filter(entry -> entry.getValue().keySet().stream().anyMatch(cluster -> isAway(cluster, atLeast)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private boolean isAway(ClusterId cluster, Duration atLeast) {
        return awayFor(cluster).filter(away -> away.compareTo(atLeast) >= 0).isPresent();
    }

    /**
     * Reads all clusters and workloads again and updates the limits: as {@link #follow}, and sees changes that no
     * source reports.
     *
     * @return whether readiness changed or some limit grew: reasons to reconcile graphs again
     */
    public synchronized boolean refresh() {
        use.stirAll();
        return follow();
    }

    /** Reads clusters and workloads with reported changes, and updates the limits; returns as {@link #refresh}. */
    public synchronized boolean follow() {
        ClusterSnapshot last = snapshot;
        if (isPatient() && !last.silent().isEmpty()) {
            use.stirAll();
        }
        ClusterSnapshot now = observer.poll(last);
        boolean limitsChanged = !now.limits().equals(last.limits());
        if (limitsChanged) {
            capacity.setLimits(now.limits());
        }
        awaited.removeAll(now.sources());
        snapshot = now;
        if (begins) {
            begins = false;
            timeout = time.now().plus(grace);
        }
        clusterReadiness.record(now.states(), last.states().keySet());
        return readinessChanged(last.states(), now.states()) || (limitsChanged && grew(last.limits(), now.limits()));
    }

    private static boolean readinessChanged(Map<ClusterId, ClusterState> last, Map<ClusterId, ClusterState> now) {
        return !last.keySet().equals(now.keySet())
                || now.values().stream()
                        .anyMatch(state -> state.ready()
                                != Optional.ofNullable(last.get(state.id()))
                                        .map(ClusterState::ready)
                                        .orElse(false));
    }

    private static boolean grew(Map<ClusterId, Resources> last, Map<ClusterId, Resources> now) {
        return now.entrySet().stream()
                .anyMatch(limit -> !limit.getValue().fitsInto(last.getOrDefault(limit.getKey(), Resources.NONE)));
    }

    static Resources sum(Collection<Resources> amounts) {
        return amounts.stream().reduce(Resources.NONE, Resources::plus);
    }
}
