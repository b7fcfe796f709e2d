// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongAbsenceTest {

    private static final GraphId RUNS = new GraphId("p", "runs");
    private static final GraphId GONE = new GraphId("p", "gone");

    private final VirtualClock time = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Set<GraphId> running = new HashSet<>(Set.of(RUNS));
    private final List<GraphId> forgotten = new ArrayList<>();
    private final LongAbsence absence =
            new LongAbsence(() -> Set.of(RUNS, GONE), running::contains, new FollowingClock(time));

    private boolean after(Duration duration) {
        time.advance(duration);
        return absence.forget(forgotten::add);
    }

    @Test
    void whatIsAbsentTwiceInARowIsForgotten() {
        assertThat(after(Duration.ofMinutes(5))).as("not time yet").isFalse();
        assertThat(after(Duration.ofMinutes(5))).isTrue();
        assertThat(forgotten).isEmpty();
        assertThat(after(Duration.ofMinutes(10))).isTrue();
        assertThat(forgotten).containsExactly(GONE);
    }

    @Test
    void whatRunsAgainInBetweenStays() {
        after(Duration.ofMinutes(10));
        running.add(GONE);
        after(Duration.ofMinutes(10));
        running.remove(GONE);
        after(Duration.ofMinutes(10));
        assertThat(forgotten).isEmpty();
    }
}
