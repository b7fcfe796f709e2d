// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ReplicaChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaChangesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final ClusterId C1 = new ClusterId("sim", "c1");

    private final ReplicaChanges changes = new ReplicaChanges();

    private void change(int second, int from, int to) {
        changes.record(GRAPH, "front", C1, new ReplicaChange(NOON.plusSeconds(second), from, to));
    }

    private List<ReplicaChange> lately(int second) {
        return changes.lately(GRAPH, "front", C1, NOON.plusSeconds(second));
    }

    @Test
    void anHourOfChangesWithEveryDecisionIsKnown() {
        for (int second = 0; second < 3600; second += 5) {
            change(second, second, second + 1);
        }
        assertThat(lately(3599)).hasSize(720);
        assertThat(lately(3599 + 1800).get(0).at()).isEqualTo(NOON.plusSeconds(1800));
        assertThat(lately(3 * 3600)).isEmpty();
    }

    @Test
    void ofAClockThatWasAheadNothingIsLeft() {
        change(0, 1, 2);
        change(600, 2, 3);
        assertThat(lately(10)).extracting(ReplicaChange::to).containsExactly(2);
        assertThat(lately(700)).extracting(ReplicaChange::to).containsExactly(2);
    }

    @Test
    void eachShareHasItsOwnAndAGraphIsForgotten() {
        change(0, 1, 2);
        assertThat(changes.lately(GRAPH, "back", C1, NOON)).isEmpty();
        assertThat(changes.lately(GRAPH, "front", new ClusterId("sim", "c2"), NOON))
                .isEmpty();
        changes.forget(GRAPH);
        assertThat(lately(0)).isEmpty();
    }
}
