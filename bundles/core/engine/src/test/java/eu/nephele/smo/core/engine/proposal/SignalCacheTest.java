// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SignalCacheTest {

    private static final ClusterId A = new ClusterId("sim", "a");
    private static final ClusterId B = new ClusterId("sim", "b");
    private static final List<ClusterId> BOTH = List.of(A, B);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Source first = new Source();
    private final AdapterPorts ports = new AdapterPorts();
    private final Clock[] clock = {Clock.fixed(NOON, ZoneOffset.UTC)};
    private final SignalCache signalCache = new SignalCache(ports, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return clock[0].instant();
        }
    });

    /** Gives another copy of what it knows each time, as the worst source does. */
    private static final class Source implements SignalSource {

        private final Map<ClusterId, ClusterSignals> signals = new HashMap<>();
        private final Map<ClusterId, Map<ClusterId, Double>> latencies = new HashMap<>();

        @Override
        public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
            return new HashMap<>(signals);
        }

        @Override
        public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
            return new HashMap<>(latencies);
        }
    }

    @Test
    void latenciesAreTheSameObjectAsLongAsTheSameIsReported() {
        ports.add(SignalSource.class, "", first);
        first.latencies.put(A, Map.of(B, 5.0));
        LatencyMatrix told = signalCache.latencies(BOTH);

        assertThat(told.millis(0, 1)).isEqualTo(OptionalDouble.of(5));
        assertThat(signalCache.latencies(BOTH)).isSameAs(told);
        first.latencies.put(A, Map.of(B, 6.0));
        assertThat(signalCache.latencies(BOTH).millis(0, 1)).isEqualTo(OptionalDouble.of(6));
        assertThat(signalCache.latencies(List.of(B, A)).millis(1, 0)).isEqualTo(OptionalDouble.of(6));
    }

    @Test
    void ofSeveralSourcesTheFirstThatTellsOfAPairCounts() {
        Source other = new Source();
        ports.add(SignalSource.class, "", first, 1);
        ports.add(SignalSource.class, "", other);
        other.latencies.put(A, Map.of(B, 5.0));
        other.latencies.put(B, Map.of(A, 7.0));
        assertThat(signalCache.latencies(BOTH).millis(0, 1)).isEqualTo(OptionalDouble.of(5));

        first.latencies.put(A, Map.of(B, 1.0));

        assertThat(signalCache.latencies(BOTH).millis(0, 1)).isEqualTo(OptionalDouble.of(1));
        assertThat(signalCache.latencies(BOTH).millis(1, 0)).isEqualTo(OptionalDouble.of(7));
        ports.remove(SignalSource.class, "", other);
        assertThat(signalCache.latencies(BOTH).millis(1, 0)).isEmpty();
    }

    @Test
    void signalsAreTheSameObjectsWithinAMinuteAndAsLongAsTheSameIsReported() {
        ports.add(SignalSource.class, "", first);
        first.signals.put(A, signals(100));
        ClusterSignals told = signalCache.signals(BOTH).get(A);

        assertThat(signalCache.signals(BOTH).get(A)).isSameAs(told);
        first.signals.put(A, signals(200));
        assertThat(signalCache.signals(BOTH)).containsEntry(A, signals(200));
        clock[0] = Clock.offset(clock[0], Duration.ofMinutes(90));
        assertThat(signalCache.signals(BOTH).get(A).forecast().get(0).from())
                .isEqualTo(NOON.plus(Duration.ofMinutes(90)));
        first.signals.clear();
        assertThat(signalCache.signals(BOTH)).isEmpty();
    }

    private static ClusterSignals signals(double grams) {
        return new ClusterSignals(
                OptionalDouble.of(grams),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(new ForecastPoint(NOON, grams), new ForecastPoint(NOON.plus(Duration.ofHours(1)), grams + 1)));
    }
}
