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
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failover waits for the grace from when a cluster was heard last, not from when we took note of its silence. */
class AwaySinceTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ClusterId C1 = new ClusterId("a", "c1");

    private final VirtualClock clock = new VirtualClock(NOW);
    private final Ports ports = new Ports();
    private Stores stores;
    private ClusterBoard board;
    private ClusterState told = state(true, NOW);

    @BeforeEach
    void start() throws Exception {
        stores = Stores.inMemory("away-" + UUID.randomUUID());
        board = new ClusterBoard(ports, stores.capacity(), Duration.ZERO, new FollowingClock(clock));
        ports.add(ClusterRegistry.class, "a", new Told());
        board.refresh();
        assertThat(board.awaySince(C1)).isEmpty();
    }

    @AfterEach
    void end() {
        stores.close();
    }

    @Test
    void countsFromWhenTheClusterWasHeardLast() {
        clock.advance(Duration.ofMinutes(2));
        Instant heard = NOW.plusSeconds(30);
        tell(state(false, heard));
        assertThat(board.awaySince(C1)).contains(heard);

        // that its silence is told anew does not make it shorter
        clock.advance(Duration.ofMinutes(1));
        tell(state(false, NOW.plusSeconds(90)));
        assertThat(board.awaySince(C1)).contains(heard);
    }

    @Test
    void beginsAnewWhenTheClusterHasBeenBack() {
        tell(state(false, NOW.minusSeconds(60)));
        tell(state(true, NOW));
        assertThat(board.awaySince(C1)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        tell(state(false, NOW.plusSeconds(50)));
        assertThat(board.awaySince(C1)).contains(NOW.plusSeconds(50));
    }

    @Test
    void aClockThatIsAheadOfOursCountsAsNow() {
        tell(state(false, NOW.plusSeconds(3600)));
        assertThat(board.awaySince(C1)).contains(NOW);
    }

    private void tell(ClusterState state) {
        told = state;
        board.refresh();
    }

    private static ClusterState state(boolean ready, Instant heard) {
        Resources all = new Resources(8000, 64L << 30, 1000L << 30, 0);
        return new ClusterState(C1, ready, all, Resources.NONE, "", Map.of(), EnergyProfile.UNKNOWN, heard);
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
