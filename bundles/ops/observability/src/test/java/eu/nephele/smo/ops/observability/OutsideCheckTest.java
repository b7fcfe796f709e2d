// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutsideCheckTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.5Z");

    @Test
    void aSystemThatIsLeftAloneIsAWarningAndNoReasonNotToServe() {
        Readiness.ReadinessCheck check = check(
                state("helm", CircuitState.CLOSED, Optional.empty()),
                state("prometheus", CircuitState.OPEN, Optional.of(Duration.ofMillis(7500))));

        assertThat(check.ok()).isTrue();
        assertThat(check.message())
                .isEqualTo(
                        "WARN: helm available since 2026-05-01T12:00:00Z; prometheus unavailable since 2026-05-01T12:00:00Z,"
                                + " tried again in 8 s, last failure: connection refused");
    }

    @Test
    void anOpenCircuitWhoseDelayIsOverIsProbedByTheNextCall() {
        assertThat(check(state("helm", CircuitState.OPEN, Optional.of(Duration.ZERO)))
                        .message())
                .contains("tried again by the next call");
    }

    @Test
    void whereAllAnswerNothingWarns() {
        assertThat(check(state("helm", CircuitState.CLOSED, Optional.empty())).message())
                .isEqualTo("helm available since 2026-05-01T12:00:00Z");
        assertThat(check().message()).isEqualTo("no outside system is used");
    }

    private static Readiness.ReadinessCheck check(SystemState... systems) {
        OutsideGuard guard = mock(OutsideGuard.class);
        when(guard.systems()).thenReturn(List.of(systems));
        return OutsideCheck.run(guard);
    }

    private static SystemState state(String name, CircuitState circuitState, Optional<Duration> retryAfter) {
        return new SystemState(
                name, circuitState, NOON, retryAfter, Optional.of("connection refused"), Optional.empty(), 0);
    }
}
