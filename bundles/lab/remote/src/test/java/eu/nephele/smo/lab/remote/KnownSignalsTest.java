// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.lab.remote.wire.Messages.SignalReport;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KnownSignalsTest {

    private static final ClusterId A = new ClusterId("sim", "a");
    private static final ClusterId B = new ClusterId("sim", "b");
    private static final ClusterId C = new ClusterId("sim", "c");
    private static final ClusterSignals CLEAN =
            new ClusterSignals(OptionalDouble.of(30), OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    private final KnownSignals known = new KnownSignals(
            new SignalReport(Map.of(A, CLEAN, B, CLEAN), Map.of(A, Map.of(A, 0.0, B, 7.0), B, Map.of(A, 8.0))));

    @Test
    void whoAsksForAllGetsTheReportAsItIs() {
        Map<ClusterId, Map<ClusterId, Double>> all = known.latencyMillis(List.of(A, B));
        assertThat(all).isEqualTo(Map.of(A, Map.of(A, 0.0, B, 7.0), B, Map.of(A, 8.0)));
        assertThat(known.latencyMillis(List.of(C, B, A))).isSameAs(all);
        assertThat(known.select(List.of(B, A))).isSameAs(known.select(List.of(A, B, C)));
    }

    @Test
    void whoAsksForSomeGetsThoseOnly() {
        assertThat(known.latencyMillis(List.of(A, C))).isEqualTo(Map.of(A, Map.of(A, 0.0)));
        assertThat(known.select(List.of(B))).containsOnlyKeys(B);
        assertThat(known.select(List.of())).isEmpty();
        assertThat(KnownSignals.NONE.latencyMillis(List.of(A))).isEmpty();
    }

    @Test
    void whatIsHandedOutToAllCannotBeChanged() {
        Map<ClusterId, Map<ClusterId, Double>> all = known.latencyMillis(List.of(A, B));
        assertThatThrownBy(() -> all.remove(A)).isInstanceOf(UnsupportedOperationException.class);
        Map<ClusterId, Double> row = all.get(A);
        assertThatThrownBy(() -> row.put(C, 1.0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
