// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.engine.ContainerUsage;
import eu.nephele.smo.adapters.docker.metrics.ServerUsage.MeasuredUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredUseTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static ContainerUsage usage(double cpuSeconds, Optional<Instant> readAt) {
        return new ContainerUsage((long) (cpuSeconds * 1e9), 1, readAt);
    }

    private static Optional<Double> rate(Instant firstRead, Duration firstLate, Instant nextRead, Duration nextLate) {
        // the own clock counts from noon, too
        long first = Duration.between(NOON, firstRead).plus(firstLate).toNanos();
        long next = Duration.between(NOON, nextRead).plus(nextLate).toNanos();
        return new MeasuredUse(usage(10, Optional.of(firstRead)), Optional.empty(), first)
                .next(usage(11, Optional.of(nextRead)), next)
                .cores();
    }

    /** By the answers it would be twenty cores. */
    @Test
    void aLateAnswerChangesNoRate() {
        assertThat(rate(NOON, Duration.ofMillis(1950), NOON.plusSeconds(2), Duration.ZERO))
                .contains(0.5);
    }

    @Test
    void theClockOfAnEngineThatWasSetIsNotBelieved() {
        MeasuredUse before = new MeasuredUse(usage(10, Optional.of(NOON)), Optional.empty(), 0);
        long twoSeconds = Duration.ofSeconds(2).toNanos();
        for (Instant set : List.of(NOON, NOON.minusSeconds(1), NOON.plusMillis(100), NOON.plusMillis(999))) {
            assertThat(before.next(usage(11, Optional.of(set)), twoSeconds).cores())
                    .as(set.toString())
                    .contains(0.5);
        }
        for (Instant set : List.of(NOON.plusSeconds(3600), Instant.MAX)) {
            assertThat(before.next(usage(11, Optional.of(set)), twoSeconds)
                            .cores()
                            .orElseThrow())
                    .as("less than it was, once: %s", set)
                    .isBetween(0.0, 0.5);
        }
    }

    @Test
    void whereNobodySaysWhenItWasReadTheAnswersCount() {
        MeasuredUse before = new MeasuredUse(usage(10, Optional.empty()), Optional.empty(), 0);
        assertThat(before.next(
                                usage(11, Optional.of(NOON)),
                                Duration.ofSeconds(4).toNanos())
                        .cores())
                .contains(0.25);
    }

    @Test
    void whatWasStartedAgainHasNoRateYet() {
        MeasuredUse before = new MeasuredUse(usage(10, Optional.of(NOON)), Optional.empty(), 0);
        assertThat(before.next(usage(1, Optional.of(NOON.plusSeconds(2))), 2_000_000_000L)
                        .cores())
                .isEmpty();
    }
}
