// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.outside.Access;
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
        Readiness.Check check = check(
                state("helm", Access.OPEN, Optional.empty()),
                state("prometheus", Access.SHUT, Optional.of(Duration.ofMillis(7500))));

        assertThat(check.ok()).isTrue();
        assertThat(check.message())
                .isEqualTo(
                        "WARN: helm available since 2026-05-01T12:00:00Z; prometheus unavailable since 2026-05-01T12:00:00Z,"
                                + " tried again in 8 s, last failure: connection refused");
    }

    @Test
    void oneWhoseTimeIsOverWaitsForTheNextCall() {
        assertThat(check(state("helm", Access.SHUT, Optional.of(Duration.ZERO))).message())
                .contains("tried again by the next call");
    }

    @Test
    void whereAllAnswerNothingWarns() {
        assertThat(check(state("helm", Access.OPEN, Optional.empty())).message())
                .isEqualTo("helm available since 2026-05-01T12:00:00Z");
        assertThat(check().message()).isEqualTo("no outside system is used");
    }

    private static Readiness.Check check(SystemState... systems) {
        OutsideGuard guard = mock(OutsideGuard.class);
        when(guard.systems()).thenReturn(List.of(systems));
        return OutsideCheck.of(guard);
    }

    private static SystemState state(String name, Access access, Optional<Duration> retryAfter) {
        return new SystemState(name, access, NOON, retryAfter, Optional.of("connection refused"), Optional.empty(), 0);
    }
}
