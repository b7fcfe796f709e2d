// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.core.engine.work.SeenTime;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failover waits for the grace from when a cluster was heard last, not from when we took note of its silence. */
class AwaySinceTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ClusterId C1 = new ClusterId("a", "c1");

    private final VirtualClock clock = new VirtualClock(NOW);
    private final AtomicLong nanos = new AtomicLong();
    private final SeenTime time = new SeenTime(nanos::get);
    private final AdapterPorts ports = new AdapterPorts();
    private Stores stores;
    private ClusterInventory clusterInventory;
    private ClusterState told = state(true, NOW);

    @BeforeEach
    void start() throws Exception {
        stores = Stores.inMemory("away-" + UUID.randomUUID());
        clusterInventory = new ClusterInventory(
                ports, stores.capacity(), graph -> 0, Duration.ZERO, new FollowingClock(clock), time);
        ports.add(ClusterRegistry.class, "a", new Told());
        clusterInventory.refresh();
        assertThat(clusterInventory.awaySince(C1)).isEmpty();
    }

    @AfterEach
    void end() {
        stores.close();
    }

    @Test
    void countsFromWhenTheClusterWasHeardLast() {
        pass(30);
        Instant heard = NOW.plusSeconds(30);
        tell(state(true, heard));
        pass(60);
        // it has been silent since, which is worked out again at each poll
        tell(state(true, heard.plusMillis(3)));
        pass(30);
        tell(state(false, heard));
        assertThat(clusterInventory.awaySince(C1)).contains(heard);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ofSeconds(90));

        // a repeated report of its silence does not make it shorter
        pass(60);
        tell(state(false, NOW.plusSeconds(90)));
        assertThat(clusterInventory.awaySince(C1)).contains(heard);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ofSeconds(150));
    }

    @Test
    void beginsAnewWhenTheClusterHasBeenBack() {
        tell(state(false, NOW.minusSeconds(60)));
        pass(10);
        tell(state(true, NOW));
        assertThat(clusterInventory.awaySince(C1)).isEmpty();
        assertThat(clusterInventory.awayFor(C1)).isEmpty();
        pass(60);
        assertThat(clusterInventory.readyFor(C1)).contains(Duration.ofSeconds(60));
        tell(state(false, NOW.plusSeconds(50)));
        assertThat(clusterInventory.awaySince(C1)).contains(NOW.plusSeconds(50));
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ZERO);
        assertThat(clusterInventory.readyFor(C1)).isEmpty();
    }

    @Test
    void aClockThatIsAheadOfOursCountsAsNow() {
        tell(state(false, NOW.plusSeconds(3600)));
        assertThat(clusterInventory.awaySince(C1)).contains(NOW);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ZERO);
    }

    @Test
    void theClockSaysNothingAboutHowLong() {
        pass(10);
        // set ahead by an hour, or that of a host that is an hour ahead of the cluster's
        clock.advance(Duration.ofHours(1));
        tell(state(false, NOW.plusSeconds(10)));
        pass(2);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ofSeconds(2));
    }

    @Test
    void onlyTimeThatWasSeenSinceTheWorkBeganCounts() {
        tell(state(false, NOW));
        pass(60);
        clusterInventory.begin();
        Instant before = NOW.minusSeconds(3600);
        clusterInventory.rememberAway(C1, before);
        clusterInventory.refresh();
        assertThat(clusterInventory.awaySince(C1)).contains(before);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ZERO);
        pass(3);
        assertThat(clusterInventory.awayFor(C1)).contains(Duration.ofSeconds(3));
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.advance(Duration.ofSeconds(1));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            time.now();
        }
    }

    private void tell(ClusterState state) {
        told = state;
        clusterInventory.refresh();
    }

    private static ClusterState state(boolean ready, Instant heard) {
        Resources all = new Resources(8000, 64L << 30, 1000L << 30, 0);
        return new ClusterState(C1, ready, all, Resources.NONE, "", Map.of(), EnergyProfile.UNKNOWN, Set.of(), heard);
    }

    private final class Told implements ClusterRegistry {

        @Override
        public List<ClusterState> clusters() {
            return List.of(told);
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }
    }
}
