// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three graphs of one service each on two clusters: what is asked of their runtime, and what is known after that. */
class OwnPodUsageTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final WorkloadRef A = new WorkloadRef(new GraphId("p", "a"), "web");
    private static final WorkloadRef B = new WorkloadRef(new GraphId("p", "b"), "web");
    private static final WorkloadRef C = new WorkloadRef(new GraphId("p", "c"), "web");

    private final Played world = new Played();
    private final AdapterPorts ports = new AdapterPorts();
    private final OwnPodUsage use = new OwnPodUsage(ports);

    @BeforeEach
    void allRun() {
        ports.add(WorkloadRuntime.class, "sim", world);
        List.of(A, B, C).forEach(workload -> use.track(workload.graph(), Set.of(workload), Map.of(C1, cores(2))));
        world.runs(A, C1, 2);
        world.runs(B, C1, 2);
        world.runs(C, C2, 1);
        use.poll();
        assertThat(use.totals()).isEqualTo(Map.of(C1, cores(4), C2, cores(1)));
        world.asked.clear();
    }

    @Test
    void podsAreNotReadWhileNothingChanges() {
        use.lookAgain(use.poll());
        assertThat(world.asked).isEmpty();
    }

    @Test
    void onlyGraphsOfWhichThereIsNewsAreAskedFor() {
        world.runs(A, C1, 3);
        world.runs(B, C1, 1);
        use.stir(A.graph());
        assertThat(use.poll()).containsExactly(A.graph());
        assertThat(world.asked).containsExactly(A);
        assertThat(use.totals()).containsEntry(C1, cores(5));

        use.stirAll();
        use.poll();
        assertThat(use.totals()).containsEntry(C1, cores(4));
    }

    @Test
    void whatIsBeyondAReservationIsKnownByGraph() {
        world.runs(A, C1, 3);
        use.stir(A.graph());
        use.poll();
        assertThat(use.excessOn(C1)).isEqualTo(cores(1));
        assertThat(use.excess()).isEqualTo(Map.of(C1, Map.of(A.graph(), cores(1)), C2, Map.of(C.graph(), cores(1))));

        use.track(A.graph(), Set.of(A), Map.of(C1, cores(3)));
        use.poll();
        assertThat(use.excessOn(C1)).isEqualTo(Resources.NONE);
    }

    @Test
    void podsBeyondTheRequestedOnesAreGoingToEnd() {
        Resources each = new Resources(1000, 0, 0, Resources.UNLIMITED);
        world.running.put(
                A, new WorkloadObservation(A, Map.of(C1, on(1, 3, each.times(3)), C2, on(2, 2, cores(4))), ""));
        world.running.put(B, new WorkloadObservation(B, Map.of(C1, on(3, 0, cores(2))), ""));
        use.stirAll();
        use.poll();
        assertThat(use.passing())
                .as("two of three pods; all that pods that are ending request; no unlimited amount")
                .isEqualTo(Map.of(C1, Map.of(A.graph(), cores(2), B.graph(), cores(2))));
    }

    @Test
    void servicesOfAGraphOnOneClusterAreAddedUp() {
        WorkloadRef second = new WorkloadRef(A.graph(), "db");
        use.track(A.graph(), Set.of(A, second), Map.of(C1, cores(2)));
        world.running.put(A, new WorkloadObservation(A, Map.of(C1, on(1, 2, cores(2))), ""));
        world.running.put(second, new WorkloadObservation(second, Map.of(C1, on(1, 2, cores(4))), ""));
        use.poll();
        assertThat(use.usedBy(A.graph(), C1)).isEqualTo(cores(6));
        assertThat(use.passing()).isEqualTo(Map.of(C1, Map.of(A.graph(), cores(3))));
        assertThat(use.excessOn(C1)).isEqualTo(cores(4));
    }

    private static OnCluster on(int desired, int replicas, Resources requested) {
        return new OnCluster(desired, replicas, replicas, replicas, replicas, true, requested);
    }

    @Test
    void aGraphThatIsGoneUsesNothingMore() {
        use.forget(A.graph());
        use.poll();
        assertThat(world.asked).isEmpty();
        assertThat(use.totals()).containsEntry(C1, cores(2));
    }

    @Test
    void whatRunsWhereNobodyCanLookIsWhatRanThereAndIsAskedForAgain() {
        world.away = true;
        use.stir(A.graph());
        use.poll();
        assertThat(use.totals()).containsEntry(C1, cores(4));

        world.away = false;
        world.runs(A, C1, 1);
        assertThat(use.poll()).containsExactly(A.graph());
        assertThat(use.totals()).containsEntry(C1, cores(3));
    }

    @Test
    void anUnreadableClusterWithoutOurPodsIsNotReadAgain() {
        WorkloadRef elsewhere = new WorkloadRef(new GraphId("p", "elsewhere"), "web");
        use.track(elsewhere.graph(), Set.of(elsewhere), Map.of());
        world.away = true;
        use.stir(A.graph());
        assertThat(use.poll()).containsExactlyInAnyOrder(A.graph(), elsewhere.graph());

        assertThat(use.poll()).containsExactly(A.graph());
    }

    @Test
    void anAdapterThatComesIsAskedForAll() {
        Played better = new Played();
        ports.add(WorkloadRuntime.class, "sim", better, 1);
        use.poll();
        assertThat(better.asked).containsExactlyInAnyOrder(A, B, C);
        assertThat(use.totals().values()).allMatch(Resources::isZero);
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }

    /** Running pods of the test. */
    private static final class Played implements WorkloadRuntime {
        private final Map<WorkloadRef, WorkloadObservation> running = new HashMap<>();
        private final List<WorkloadRef> asked = new ArrayList<>();
        private boolean away;

        private void runs(WorkloadRef workload, ClusterId cluster, int cores) {
            running.put(
                    workload,
                    new WorkloadObservation(workload, Map.of(cluster, new OnCluster(1, 1, cores(cores))), ""));
        }

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {
            throw new AssertionError("nobody asks for that here");
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            asked.addAll(workloads);
            if (away) {
                throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "sim", "It is away");
            }
            Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>(running);
            seen.keySet().retainAll(workloads);
            return seen;
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return () -> {};
        }
    }
}
