// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LatencyMatrixTest {

    private static final ClusterId A = new ClusterId("sim", "a");
    private static final ClusterId B = new ClusterId("sim", "b");
    private static final ClusterId C = new ClusterId("sim", "c");

    @Test
    void tellsWhatIsKnownInTheOrderOfTheClusters() {
        LatencyMatrix matrix = LatencyMatrix.of(List.of(B, A), Map.of(A, Map.of(B, 7.5, C, 3.0), C, Map.of(A, 1.0)));

        assertThat(matrix.millis(1, 0)).isEqualTo(OptionalDouble.of(7.5));
        assertThat(matrix.millis(0, 1)).isEmpty();
        assertThat(matrix.millis(0, 0)).isEqualTo(OptionalDouble.of(0));
    }

    @Test
    void nothingKnownIsTheSameHoweverItIsSaid() {
        assertThat(LatencyMatrix.of(List.of(A, B), Map.of())).isEqualTo(LatencyMatrix.UNKNOWN);
        assertThat(LatencyMatrix.of(List.of(A, B), Map.of(A, Map.of(A, 0.0), C, Map.of(B, 1.0))))
                .isEqualTo(LatencyMatrix.UNKNOWN);
        assertThat(problem().latency(0, 0, 0).build().latencies()).isEqualTo(LatencyMatrix.UNKNOWN);
        assertThat(LatencyMatrix.UNKNOWN.millis(1, 1)).isEqualTo(OptionalDouble.of(0));
        assertThat(LatencyMatrix.UNKNOWN.millis(1, 0)).isEmpty();
    }

    @Test
    void aProblemSharesWhatItIsGivenAtOnce() {
        LatencyMatrix matrix = LatencyMatrix.of(List.of(A, B), Map.of(A, Map.of(B, 12.0)));
        PlacementRequest request = problem().latencies(matrix).build();

        assertThat(request.latencies()).isSameAs(matrix);
        assertThat(request.withCosts(List.of()).latencies()).isSameAs(matrix);
        assertThat(request.latencyMillis(0, 1)).isEqualTo(OptionalDouble.of(12));
        assertThat(problem().latency(0, 1, 12).build().latencies())
                .isEqualTo(matrix)
                .hasSameHashCodeAs(matrix);
        assertThat(problem().latency(0, 1, 13).build().latencies()).isNotEqualTo(matrix);
    }

    @Test
    void whatNobodyKnowsIsAssumedWithinAGroup() {
        LatencyMatrix known = LatencyMatrix.of(List.of(A, B, C), Map.of(A, Map.of(B, 3.0)));
        LatencyMatrix assumed = known.assuming(List.of("z", "z", ""), 20);

        assertThat(assumed.millis(0, 1)).as("known").isEqualTo(OptionalDouble.of(3));
        assertThat(assumed.millis(1, 0)).as("assumed").isEqualTo(OptionalDouble.of(20));
        assertThat(assumed.millis(0, 2)).as("no group").isEmpty();
        assertThat(assumed.millis(2, 2)).isEqualTo(OptionalDouble.of(0));
        assertThat(LatencyMatrix.UNKNOWN.assuming(List.of("", ""), 20)).isEqualTo(LatencyMatrix.UNKNOWN);
    }

    @Test
    void oneMatrixCompletesAnother() {
        LatencyMatrix one = LatencyMatrix.of(List.of(A, B), Map.of(A, Map.of(B, 3.0)));
        LatencyMatrix other = LatencyMatrix.of(List.of(A, B), Map.of(A, Map.of(B, 4.0), B, Map.of(A, 5.0)));

        assertThat(one.or(other))
                .isEqualTo(LatencyMatrix.of(List.of(A, B), Map.of(A, Map.of(B, 3.0), B, Map.of(A, 5.0))));
        assertThat(one.or(LatencyMatrix.UNKNOWN)).isSameAs(one);
        assertThat(LatencyMatrix.UNKNOWN.or(one)).isSameAs(one);
    }

    @Test
    void refusesLatenciesOfAnotherNumberOfClusters() {
        LatencyMatrix matrix = LatencyMatrix.of(List.of(A, B, C), Map.of(A, Map.of(B, 12.0)));

        assertThatThrownBy(() -> problem().latencies(matrix)).hasMessage("Latencies of 3 clusters, expected 2");
    }

    private static PlacementRequestBuilder problem() {
        return new PlacementRequestBuilder(
                new GraphId("p", "g"),
                DecisionReason.DEPLOY,
                List.of(),
                List.of(ClusterCapacity.of(A, Resources.NONE), ClusterCapacity.of(B, Resources.NONE)));
    }
}
