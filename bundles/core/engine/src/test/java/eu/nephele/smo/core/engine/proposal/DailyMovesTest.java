// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyMovesTest {

    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final Duration READING = Duration.ofSeconds(5);

    private long nanos;
    private final SeenTime time = new SeenTime(() -> nanos);
    private final DailyMoves moves = new DailyMoves(time);

    private void saw(String cluster, int replicas) {
        moves.saw(
                GRAPH,
                Placement.whole(
                        Map.of("mover", new ClusterId("sim", cluster), "other", new ClusterId("sim", "c1")),
                        any -> replicas));
    }

    private void pass(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(READING)) {
            nanos += READING.toNanos();
            time.now();
        }
    }

    @Test
    void aServiceRestsAfterThreeMovesAndIsExhaustedAfterFour() {
        saw("c1", 1);
        saw("c2", 1);
        assertThat(moves.resting(GRAPH)).as("its first place is no move").isEmpty();
        saw("c1", 1);
        assertThat(moves.resting(GRAPH)).isEmpty();
        saw("c2", 1);
        assertThat(moves.resting(GRAPH)).containsExactly("mover");
        assertThat(moves.exhausted(GRAPH)).isEmpty();
        saw("c1", 1);
        assertThat(moves.exhausted(GRAPH)).containsExactly("mover");
        moves.forget(GRAPH);
        assertThat(moves.resting(GRAPH)).isEmpty();
    }

    @Test
    void otherReplicasAtTheSamePlaceAreNoMove() {
        saw("c1", 1);
        saw("c1", 3);
        saw("c1", 2);
        assertThat(moves.resting(GRAPH)).isEmpty();
    }

    @Test
    void movesCountForADay() {
        saw("c1", 1);
        saw("c2", 1);
        pass(Duration.ofHours(12));
        saw("c1", 1);
        saw("c2", 1);
        pass(Duration.ofHours(11));
        assertThat(moves.resting(GRAPH)).containsExactly("mover");
        pass(Duration.ofHours(1));
        assertThat(moves.resting(GRAPH)).as("the first one is a day ago").isEmpty();
        saw("c1", 1);
        assertThat(moves.resting(GRAPH)).containsExactly("mover");
    }
}
