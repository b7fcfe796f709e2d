// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.SignalSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SignalSource}: answers at once from its last data, also while its system fails, and invents nothing.
 */
public abstract class SignalSourceContract extends PortContract<SignalSource> {

    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final ClusterId UNKNOWN = new ClusterId("smo-contract", "nowhere");

    protected SignalSourceContract() {
        super(SignalSource.class);
    }

    /** A cluster with data by the time that the adapter is supplied. */
    protected abstract ClusterId known();

    @Override
    final Object ask(SignalSource adapter) {
        return adapter.signals(List.of(known())).keySet();
    }

    @Test
    void whatIsUnknownHasNoEntry() {
        assertThat(adapter().signals(List.of(UNKNOWN, known()))).containsOnlyKeys(known());
        assertThat(adapter().signals(List.of())).isEmpty();
    }

    @Test
    void latencyIsToldOfTheClustersThatAreAskedForOnly() {
        List<ClusterId> asked = List.of(UNKNOWN, known());
        Map<ClusterId, Map<ClusterId, Double>> latency = adapter().latencyMillis(asked);

        assertThat(asked).containsAll(latency.keySet());
        assertThat(latency.values()).allSatisfy(row -> {
            assertThat(asked).containsAll(row.keySet());
            assertThat(row.values()).allMatch(millis -> millis >= 0 && Double.isFinite(millis));
        });
    }

    /** A failure is no exception here: callers do not wait for a source of signals. */
    @Override
    @Test
    void aFailureIsAnAdapterExceptionOfItsSystemInTime() throws Exception {
        SignalSource adapter = adapter();
        adapter.signals(List.of(known()));
        breakTheSystem();
        long start = System.nanoTime();
        inTime(() -> adapter.signals(List.of(known())));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("time of an answer while the system fails")
                .isLessThan(AT_ONCE);
    }
}
