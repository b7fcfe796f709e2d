// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static eu.nephele.smo.core.engine.decision.StoredGraph.share;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.engine.decision.StoredGraph;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clusters of ten cores; graph a reserves two cores on c1, where its pods use them, and graph b three on c2. */
class ClusterInventoryTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId UNKNOWN = new ClusterId("sim", "unknown");
    private static final GraphId A = new GraphId("p", "a");
    private static final GraphId B = new GraphId("p", "b");
    private static final GraphId NEW = new GraphId("p", "new");
    private static final WorkloadRef WEB = new WorkloadRef(A, "web");

    private final Played world = new Played();
    private final AdapterPorts ports = new AdapterPorts();
    private final ClusterInventory inventory = new ClusterInventory(
            ports,
            world,
            graph -> 0,
            Duration.ZERO,
            Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC),
            new SeenTime(() -> 0));

    @BeforeEach
    void start() {
        ports.add(ClusterRegistry.class, "sim", world);
        ports.add(WorkloadRuntime.class, "sim", world);
        inventory.track(A, Set.of(WEB), Map.of(C1, cores(2)));
        inventory.track(B, Set.of(), Map.of(C2, cores(3)));
        world.reserved.put(C1, cores(2));
        world.reserved.put(C2, cores(3));
        world.uses(C1, 1, 1, 2);
        world.allocated.put(C1, 2);
        inventory.refresh();
    }

    @Test
    void freeIsTheLimitLessTheReservationsOfOthers() {
        assertThat(inventory.free(Map.of())).isEqualTo(Map.of(C1, cores(8), C2, cores(7)));
        assertThat(inventory.free(Map.of(C1, cores(2)))).isEqualTo(Map.of(C1, cores(10), C2, cores(7)));
        assertThat(inventory.free(A, Map.of(C1, cores(2)))).isEqualTo(Map.of(C1, cores(10), C2, cores(7)));
        assertThat(inventory.free(NEW, Map.of())).isEqualTo(Map.of(C1, cores(8), C2, cores(7)));
    }

    @Test
    void aClusterThatIsNotReadyHasNoFreeCapacity() {
        world.ready.put(C2, false);
        inventory.refresh();
        assertThat(inventory.free(Map.of())).containsOnlyKeys(C1);
        assertThat(inventory.free(NEW, Map.of())).containsOnlyKeys(C1);
        assertThat(inventory.ready(C1)).isTrue();
        assertThat(inventory.ready(C2)).isFalse();
        assertThat(inventory.ready(UNKNOWN)).isFalse();
    }

    @Test
    void podsThatAreGoingToEndAreRoomForTheirGraphOnly() {
        world.uses(C1, 3, 1, 6);
        world.allocated.put(C1, 6);
        inventory.refresh();
        assertThat(world.limits).containsEntry(C1, cores(6));
        assertThat(inventory.free(NEW, Map.of())).containsEntry(C1, cores(4));
        assertThat(inventory.free(A, Map.of(C1, cores(2)))).containsEntry(C1, cores(10));

        Headroom headroom = inventory.headroom(A, Set.of(C1));
        assertThat(headroom.limits()).isEqualTo(Map.of(C1, cores(6)));
        assertThat(headroom.capacities()).isEqualTo(Map.of(C1, cores(10)));
    }

    @Test
    void podsThatRequestMoreThanWasDecidedAreNoRoom() {
        world.uses(C1, 1, 1, 6);
        world.allocated.put(C1, 6);
        inventory.refresh();
        assertThat(world.limits).containsEntry(C1, cores(6));
        assertThat(inventory.headroom(A, Set.of(C1)).capacities()).isEqualTo(Map.of(C1, cores(6)));
        assertThat(inventory.free(A, Map.of(C1, cores(2)))).containsEntry(C1, cores(6));
    }

    @Test
    void headroomIsAboutTheClustersAskedFor() {
        assertThat(inventory.headroom(B, Set.of(C2, UNKNOWN)).limits()).containsOnlyKeys(C2);
        assertThat(inventory.headroom(B, Set.of()).limits()).isEmpty();
        assertThat(inventory.headroom(B, Set.of(C2)).capacities()).isEqualTo(Map.of(C2, cores(10)));
    }

    @Test
    void reservationsAreThoseOfTheStore() {
        assertThat(inventory.reservedBy(A)).isEqualTo(Map.of(C1, cores(2)));
        assertThat(inventory.reservedBy(NEW)).isEmpty();
    }

    @Test
    void aClusterIsOccupiedByWhatIsNotFree() {
        assertThat(inventory.occupied(C1, cores(10))).isFalse();
        assertThat(inventory.occupied(C1, cores(9))).isTrue();
        assertThat(inventory.occupied(UNKNOWN, Resources.NONE)).isFalse();
    }

    @Test
    void aPollTellsWhetherGraphsAreToBeReconciled() {
        assertThat(inventory.refresh()).as("nothing has changed").isFalse();
        world.allocated.put(C2, 4);
        assertThat(inventory.refresh()).as("a limit shrinks").isFalse();
        world.allocated.put(C2, 1);
        assertThat(inventory.refresh()).as("a limit grows").isTrue();
        world.ready.put(C2, false);
        assertThat(inventory.refresh()).as("a cluster is lost").isTrue();
        assertThat(inventory.refresh()).isFalse();
        world.ready.put(C2, true);
        assertThat(inventory.refresh()).as("it is back").isTrue();
        world.ready.remove(C2);
        assertThat(inventory.refresh()).as("it is not listed any more").isTrue();
        assertThat(inventory.follow()).isFalse();
    }

    @Test
    void graphsWithReservationsOnALostClusterAreStranded() {
        assertThat(inventory.stranded()).isEmpty();
        world.ready.put(C2, false);
        inventory.refresh();
        assertThat(inventory.stranded()).containsExactly(B);
        world.ready.put(C1, false);
        inventory.refresh();
        assertThat(inventory.stranded()).containsExactly(A, B);
    }

    @Test
    void graphsOnAClusterAreThoseThatReserveThere() {
        assertThat(inventory.on(C1)).containsExactly(A);
        assertThat(inventory.on(UNKNOWN)).isEmpty();
        inventory.forget(A);
        assertThat(inventory.on(C1)).isEmpty();
    }

    @Test
    void aServiceIsSettledWhereAllItsClustersAreReady() {
        StoredGraph graph = new StoredGraph()
                .service("one")
                .service("both")
                .placed("one", share("c1", 1))
                .placed("both", share("c1", 1), share("c2", 1));
        assertThat(inventory.settled(graph.record())).containsExactly("both", "one");
        world.ready.put(C2, false);
        inventory.refresh();
        assertThat(inventory.settled(graph.record())).containsExactly("one");
        assertThat(inventory.settled(new StoredGraph().service("one").record())).isEmpty();
    }

    @Test
    void podsThatChangedAreReadAgain() {
        world.uses(C1, 1, 1, 5);
        world.allocated.put(C1, 5);
        inventory.stir(A);
        inventory.follow();
        assertThat(world.limits).containsEntry(C1, cores(7));
    }

    @Test
    void aClusterIsKnownAsItWasReported() {
        assertThat(inventory.state(C1))
                .hasValueSatisfying(state -> assertThat(state.allocated()).isEqualTo(cores(2)));
        assertThat(inventory.state(UNKNOWN)).isEmpty();
        assertThat(inventory.states()).extracting(ClusterState::id).containsExactly(C1, C2);
        assertThat(inventory.announces(Set.of("sim"))).isTrue();
        assertThat(inventory.announces(Set.of("other"))).isFalse();
        assertThat(inventory.blind()).isEqualTo(Optional.empty());
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }

    /** The clusters, the pods of graph a, and the store of the ledger. */
    private static final class Played implements ClusterRegistry, WorkloadRuntime, CapacityStore {

        private final Map<ClusterId, Boolean> ready = new TreeMap<>(Map.of(C1, true, C2, true));
        private final Map<ClusterId, Integer> allocated = new HashMap<>();
        private final Map<ClusterId, Resources> reserved = new TreeMap<>();
        private final Map<ClusterId, OnCluster> pods = new HashMap<>();
        private Map<ClusterId, Resources> limits = Map.of();

        private void uses(ClusterId cluster, int replicas, int desired, int cores) {
            pods.put(cluster, new OnCluster(desired, replicas, replicas, replicas, replicas, true, cores(cores)));
        }

        @Override
        public List<ClusterState> clusters() {
            return ready.entrySet().stream()
                    .map(entry -> new ClusterState(
                            entry.getKey(),
                            entry.getValue(),
                            cores(10),
                            cores(allocated.getOrDefault(entry.getKey(), 0)),
                            "",
                            Map.of(),
                            EnergyProfile.UNKNOWN,
                            Set.of(),
                            Instant.EPOCH))
                    .toList();
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return () -> {};
        }

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            return workloads.contains(WEB) ? Map.of(WEB, new WorkloadObservation(WEB, pods, "")) : Map.of();
        }

        @Override
        public void setLimits(Map<ClusterId, Resources> newLimits) {
            limits = newLimits;
        }

        @Override
        public Map<ClusterId, Resources> reserved() {
            return reserved;
        }

        @Override
        public Map<ClusterId, Resources> reservedBy(GraphId graph) {
            return graph.equals(A) ? Map.of(C1, cores(2)) : Map.of();
        }

        @Override
        public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
            throw new UnsupportedOperationException();
        }
    }
}
