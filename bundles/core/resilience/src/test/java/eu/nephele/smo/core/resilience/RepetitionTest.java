// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepetitionTest {

    @Test
    void whatIsBackAtTheThirdAttemptIsNoFailure() {
        try (World world = new World()) {
            world.behaviour = () -> {
                if (world.calls.get() < 3) {
                    throw failure(Kind.UNAVAILABLE);
                }
                return "fine";
            };

            assertThat(world.fetch()).isEqualTo("fine");
            assertThat(world.calls).hasValue(3);
            assertThat(world.count("smo_outside_retries_total", "ArtifactRepository.descriptor"))
                    .isEqualTo(2);
            assertThat(world.count("smo_outside_calls_total", "ok")).isOne();
            assertThat(world.count("smo_outside_call_duration_seconds", "ArtifactRepository.descriptor"))
                    .isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAVAILABLE", "TIMED_OUT"})
    void whatDoesNotAnswerIsTriedAsOftenAsAllowedAndFailsInItsOwnWords(Kind kind) {
        try (World world = new World("failures", 10, "of", 10).failing(failure(kind))) {
            assertThatThrownBy(world::fetch).isInstanceOfSatisfying(AdapterException.class, e -> {
                assertThat(e.kind()).isEqualTo(kind);
                assertThat(e).hasMessage("it said " + kind);
            });
            assertThat(world.calls).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REFUSED", "NOT_FOUND", "CONFLICT"})
    void anAnswerIsNotRepeatedAndDoesNotShutTheSystem(Kind kind) {
        try (World world = new World().failing(failure(kind))) {
            for (int call = 1; call <= 20; call++) {
                assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
                assertThat(world.calls).hasValue(call);
            }
            assertThat(world.gauge("smo_outside_access")).isZero();
            assertThat(world.count("smo_outside_calls_total", kind.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(20);
        }
    }

    @Test
    void whatMayHappenOnlyOnceIsNotRepeated() {
        try (World world = new World()) {
            AtomicInteger calls = new AtomicInteger();
            AuditSink sink = world.guards.guard(
                    AuditSink.class,
                    record -> {
                        calls.incrementAndGet();
                        throw failure(Kind.UNAVAILABLE);
                    },
                    "audit");

            assertThatThrownBy(() -> sink.record(new AuditRecord(Instant.EPOCH, "", "", "", "", "", "")))
                    .isInstanceOf(AdapterException.class);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void aRetryWaitsAsLongAsTheSystemRequests() {
        try (World world = new World("maxDelayMillis", 1000, "attempts", 2)
                .failing(failure(Kind.UNAVAILABLE, Duration.ofMillis(300)))) {
            long began = System.nanoTime();
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(world.calls).hasValue(2);
        }
    }

    @Test
    void aSystemThatRequestsALongerDelayThanTheBudgetIsNotCalledAgain() {
        try (World world =
                new World("maxDelayMillis", 1000).failing(failure(Kind.UNAVAILABLE, Duration.ofSeconds(60)))) {
            assertThatThrownBy(world::fetch)
                    .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.retryAfter())
                            .contains(Duration.ofSeconds(60)));
            assertThat(world.calls).hasValue(1);
        }
    }

    @Test
    void noAttemptBeginsAfterTheBudget() {
        try (World world = new World("attempts", 100, "failures", 100, "of", 100, "budgetMillis", 200)) {
            AtomicLong firstCall = new AtomicLong();
            world.behaviour = () -> {
                if (world.calls.get() == 1) {
                    firstCall.set(System.nanoTime());
                } else {
                    Await.until("the budget is over", () -> System.nanoTime() - firstCall.get() > 200_000_000);
                }
                throw failure(Kind.TIMED_OUT);
            };
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls.get()).isEqualTo(2);
        }
    }

    @Test
    void anInterruptedCallerGetsOutOfTheDelayAtOnceAndStaysInterrupted() {
        try (World world = new World("firstDelayMillis", 30_000, "maxDelayMillis", 30_000, "budgetMillis", 100_000)
                .failing(failure(Kind.UNAVAILABLE))) {
            Thread.currentThread().interrupt();
            long began = System.nanoTime();
            assertThatThrownBy(world::fetch).isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.kind())
                    .isEqualTo(Kind.UNAVAILABLE));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(world.calls.get()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void delaysDoubleUpToTheLongestAndVaryByTheirShare() {
        RetryLimits retryLimits = Settings.limits("firstDelayMillis", 100, "maxDelayMillis", 1000, "jitter", 0.5)
                .repetition();
        AdapterException failure = failure(Kind.UNAVAILABLE);

        assertThat(new RetryDelays(retryLimits, () -> 0.5).after(1, failure)).hasMillis(100);
        assertThat(new RetryDelays(retryLimits, () -> 0.5).after(3, failure)).hasMillis(400);
        assertThat(new RetryDelays(retryLimits, () -> 0.5).after(99, failure)).hasMillis(1000);
        assertThat(new RetryDelays(retryLimits, () -> 0).after(1, failure)).hasMillis(50);
        assertThat(new RetryDelays(retryLimits, () -> 1).after(1, failure)).hasMillis(150);
    }
}
