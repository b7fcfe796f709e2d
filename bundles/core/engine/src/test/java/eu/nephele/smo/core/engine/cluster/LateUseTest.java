// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster of ten cores whose usage is reported later than our pods are seen. */
class LateUseTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");

    private final Played world = new Played();
    private final AdapterPorts ports = new AdapterPorts();
    private final ClusterInventory clusterInventory =
            new ClusterInventory(ports, world, graph -> 0, Duration.ZERO, world, world.time);

    @BeforeEach
    void oneCoreOfForeignLoadAndAServiceOfTwoCores() {
        ports.add(ClusterRegistry.class, "sim", world);
        ports.add(WorkloadRuntime.class, "sim", world);
        clusterInventory.track(WEB.graph(), Set.of(WEB), Map.of(C1, cores(2)));
        world.allocated = 1;
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(9));
    }

    @Test
    void podsThatItDoesNotCountYetDoNotHideForeignLoad() {
        world.ours = 2;
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(9));
        world.pass(Duration.ofSeconds(5));
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(9));

        world.allocated = 3;
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(9));
    }

    @Test
    void foreignLoadThatEndsFreesCapacityAlsoWhileOurPodsChange() {
        world.allocated = 6;
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(4));

        world.ours = 2;
        world.allocated = 2;
        clusterInventory.refresh();
        assertThat(world.limit).as("two cores may be foreign or ours").isEqualTo(cores(8));
        world.pass(Duration.ofSeconds(20));
        clusterInventory.refresh();
        world.pass(Duration.ofSeconds(20));
        clusterInventory.refresh();
        assertThat(world.limit).as("they are ours").isEqualTo(cores(10));
    }

    @Test
    void foreignLoadThatComesCountsAtOnce() {
        world.ours = 2;
        world.allocated = 6;
        clusterInventory.refresh();

        assertThat(world.limit).isEqualTo(cores(6));
    }

    /**
     * As while pods of others are replaced: those that end and those that begin are both allocated, and not all are
     * seen yet.
     */
    @Test
    void whateverIsTakenForForeignAGraphStaysWhereItsPodsAre() {
        world.ours = 2;
        world.allocated = 12;
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(Resources.NONE);

        assertThat(clusterInventory.free(WEB.graph(), Map.of(C1, cores(2)))).containsEntry(C1, cores(2));
        assertThat(clusterInventory.free(WEB.graph(), Map.of(C1, cores(1)))).containsEntry(C1, cores(1));
        assertThat(clusterInventory.free(WEB.graph(), Map.of(C1, cores(3)))).containsEntry(C1, cores(2));
        assertThat(clusterInventory.free(WEB.graph(), Map.of())).containsEntry(C1, Resources.NONE);
    }

    @Test
    void whereItsPodsFoundNoPlaceAGraphKeepsNone() {
        world.ours = 0;
        world.allocated = 12;
        clusterInventory.refresh();

        assertThat(clusterInventory.free(WEB.graph(), Map.of(C1, cores(2)))).containsEntry(C1, Resources.NONE);
    }

    /** As when nodes are lost: some sources count pods that wait for a node, too. */
    @Test
    void whereTheClusterHasBecomeTooSmallAGraphKeepsNoMoreThanThereIs() {
        world.ours = 2;
        world.allocated = 12;
        world.size = 1;
        clusterInventory.refresh();

        assertThat(clusterInventory.free(WEB.graph(), Map.of(C1, cores(2)))).containsEntry(C1, cores(1));
    }

    /** Some sources do not report pods on an unavailable cluster, and report it as they saw it last. */
    @Test
    void ourPodsOnAClusterThatComesBackAreNotForeign() {
        world.ours = 2;
        world.allocated = 3;
        for (int look = 0; look < 3; look++) {
            world.pass(Duration.ofSeconds(20));
            clusterInventory.refresh();
        }
        assertThat(world.limit).isEqualTo(cores(9));

        world.ready = false;
        clusterInventory.refresh();
        world.pass(Duration.ofSeconds(20));
        clusterInventory.refresh();
        assertThat(world.limit).as("as it was seen last").isEqualTo(cores(9));
        world.ready = true;
        clusterInventory.follow();
        assertThat(world.limit).as("back again").isEqualTo(cores(9));
        world.allocated = 5;
        clusterInventory.follow();
        assertThat(world.limit).as("two cores of foreign load came").isEqualTo(cores(7));
    }

    /** As after a takeover: they look like those of others, and everything like full. */
    @Test
    void noDecisionIsMadeBeforeOurPodsWereReported() {
        ClusterInventory successor = successor();
        assertThat(successor.blind()).as("before it has looked itself").hasValueSatisfying(why -> assertThat(why)
                .hasMessageContaining("The state of the clusters of sim"));
        world.failing = 2;
        successor.refresh();
        assertThat(world.limit).isEqualTo(Resources.NONE);
        assertThat(successor.blind()).isPresent();

        successor.follow();
        assertThat(successor.blind()).isEmpty();
        assertThat(world.limit).as("nothing is kept of the former read").isEqualTo(cores(2));
    }

    @Test
    void podsThatWereSeenOnlyAfterTheClustersAreNotKnown() {
        ClusterInventory successor = successor();
        world.failing = 1;
        successor.refresh();
        assertThat(world.limit).isEqualTo(Resources.NONE);
        assertThat(successor.blind()).isPresent();
        successor.follow();
        assertThat(successor.blind()).isEmpty();
        assertThat(world.limit).isEqualTo(cores(2));
    }

    @Test
    void thatNobodyWasAskedTellsNothing() {
        ClusterInventory successor =
                new ClusterInventory(ports, world, graph -> 0, Duration.ofMinutes(1), world, world.time);
        successor.track(WEB.graph(), Set.of(WEB), Map.of());
        successor.begin();
        world.ours = 2;
        world.allocated = 8;
        ports.remove(WorkloadRuntime.class, "sim", world);
        successor.refresh();
        assertThat(successor.blind()).as("no adapter tells of pods").isPresent();

        ports.add(WorkloadRuntime.class, "sim", world);
        world.failing = 2;
        successor.follow();
        assertThat(successor.blind())
                .as("it reserves nothing and is asked for again")
                .isPresent();
        successor.follow();
        assertThat(successor.blind()).isEmpty();
        assertThat(world.limit)
                .as("six are foreign, two are used beyond what is reserved")
                .isEqualTo(cores(2));
    }

    @Test
    void whereNothingOfOursRunsNobodyIsWaitedFor() {
        ports.remove(WorkloadRuntime.class, "sim", world);
        ClusterInventory first =
                new ClusterInventory(ports, world, graph -> 0, Duration.ofMinutes(1), world, world.time);
        first.begin();
        first.refresh();
        assertThat(first.blind()).isEmpty();
        first.track(WEB.graph(), Set.of(WEB), Map.of(C1, cores(2)));
        first.refresh();
        assertThat(first.blind()).isEmpty();
    }

    @Test
    void theWaitForUsageIsLimitedFromTheFirstRead() {
        ClusterInventory successor = successor();
        world.failing = Integer.MAX_VALUE;
        world.pass(Duration.ofSeconds(59));
        successor.refresh();
        world.pass(Duration.ofSeconds(59));
        assertThat(successor.blind()).isPresent();
        world.pass(Duration.ofSeconds(1));
        assertThat(successor.blind()).isEmpty();
    }

    /** Pods that its clusters do not count yet hide foreign load there, whatever another source reports. */
    @Test
    void aSourceThatIsSilentTakesNothingFromAnotherOne() {
        Played away = new Played();
        away.failing = Integer.MAX_VALUE;
        ports.add(ClusterRegistry.class, "away", away);
        ports.add(WorkloadRuntime.class, "away", away);
        GraphId there = new GraphId("p", "there");
        clusterInventory.track(
                there, Set.of(new WorkloadRef(there, "web")), Map.of(new ClusterId("away", "c1"), cores(1)));
        world.ours = 2;
        clusterInventory.refresh();
        clusterInventory.refresh();
        assertThat(world.limit).isEqualTo(cores(9));
    }

    /** Ten cores are allocated, two of them to our pods; the other eight are foreign. */
    private void full() {
        world.ours = 2;
        world.allocated = 10;
    }

    private ClusterInventory successor() {
        ClusterInventory successor =
                new ClusterInventory(ports, world, graph -> 0, Duration.ofMinutes(1), world, world.time);
        successor.watch();
        successor.track(WEB.graph(), Set.of(WEB), Map.of(C1, cores(2)));
        successor.begin();
        full();
        return successor;
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }

    /** State of the cluster and its pods in the test, the clock, and the listener for the limit. */
    private static final class Played extends Clock implements ClusterRegistry, WorkloadRuntime, CapacityStore {

        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private final SeenTime time =
                new SeenTime(() -> Duration.between(Instant.EPOCH, now).toNanos());
        private int size = 10;
        private int allocated;
        private int ours;
        private boolean ready = true;
        private int failing;
        private Resources limit = Resources.NONE;

        private void pass(Duration by) {
            for (long second = 0; second < by.toSeconds(); second++) {
                now = now.plusSeconds(1);
                time.now();
            }
        }

        @Override
        public List<ClusterState> clusters() {
            return List.of(new ClusterState(
                    C1, ready, cores(size), cores(allocated), "", Map.of(), EnergyProfile.UNKNOWN, Set.of(), now));
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
            if (failing > 0) {
                failing--;
                throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "sim", "It does not answer");
            }
            Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
            if (ours > 0 && ready) {
                seen.put(WEB, new WorkloadObservation(WEB, Map.of(C1, new OnCluster(1, 1, cores(ours))), ""));
            }
            return seen;
        }

        @Override
        public void setLimits(Map<ClusterId, Resources> limits) {
            limit = limits.getOrDefault(C1, Resources.NONE);
        }

        @Override
        public Map<ClusterId, Resources> reserved() {
            return Map.of();
        }

        @Override
        public Map<ClusterId, Resources> reservedBy(GraphId graph) {
            return Map.of();
        }

        @Override
        public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return InstantSource.fixed(now).withZone(zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
