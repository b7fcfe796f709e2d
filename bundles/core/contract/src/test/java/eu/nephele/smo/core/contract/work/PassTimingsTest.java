// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Issue 13, point 5: which graphs take the time. */
class PassTimingsTest {

    private long nanos;
    private long threadNanos;
    private final PassTimings<String> times =
            new PassTimings<>(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> nanos, () -> threadNanos);

    @Test
    void theTenLongestAreKeptLongestFirstHoweverManyKeysThereAre() {
        IntStream.range(0, 5000)
                .forEach(number -> pass("g" + (number * 7919 % 5000), Duration.ofNanos(number * 7919 % 5000), 1));

        assertThat(times.longest())
                .extracting(PassTimings.TimedPass::key)
                .containsExactly(
                        "g4999", "g4998", "g4997", "g4996", "g4995", "g4994", "g4993", "g4992", "g4991", "g4990");
        assertThat(times.sums().passes()).isEqualTo(5000);
    }

    @Test
    void aKeyIsThereOnceWithItsLongestPass() {
        pass("a", 30, 1);
        pass("a", 70, 1);
        pass("a", 50, 1);
        pass("b", 60, 1);

        assertThat(times.longest())
                .extracting(PassTimings.TimedPass::key, pass -> pass.duration().toMillis())
                .containsExactly(tuple("a", 70L), tuple("b", 60L));
        assertThat(times.sums()).isEqualTo(new PassTimings.PassTotals(4, Duration.ofMillis(210)));
    }

    @Test
    void aWaitingPassHasUsedNoProcessorTime() {
        pass("waits", 900, 1);
        pass("computes", 100, 90);

        assertThat(times.longest().get(0).key()).isEqualTo("waits");
        assertThat(times.costliest().get(0).key()).isEqualTo("computes");
        assertThat(times.costliest().get(0).processorTime()).isEqualTo(Duration.ofMillis(90));
    }

    @Test
    void whatIsOlderThanTwoMinutesIsForgottenAndWhatIsNotOlderThanOneIsKept() {
        pass("old", 500, 1);
        advance(Duration.ofSeconds(59));
        assertThat(times.longest()).extracting(PassTimings.TimedPass::key).containsExactly("old");
        advance(Duration.ofSeconds(10));
        pass("new", 100, 1);
        assertThat(times.longest()).extracting(PassTimings.TimedPass::key).containsExactly("old", "new");
        advance(Duration.ofSeconds(61));
        assertThat(times.longest()).extracting(PassTimings.TimedPass::key).containsExactly("new");
        advance(Duration.ofMinutes(5));
        assertThat(times.longest()).isEmpty();
        assertThat(times.sums().passes()).isEqualTo(2);
    }

    @Test
    void aPassThatFailsCountsToo() {
        assertThatThrownBy(() -> times.timed("a", key -> {
                    throw new IllegalStateException("played");
                }))
                .hasMessage("played");

        assertThat(times.sums().passes()).isEqualTo(1);
    }

    private void pass(String key, int millis, int processorMillis) {
        pass(key, Duration.ofMillis(millis), processorMillis);
    }

    private void pass(String key, Duration duration, int processorMillis) {
        times.timed(key, any -> {
            advance(duration);
            threadNanos += Duration.ofMillis(processorMillis).toNanos();
            return new PassResult.Finished();
        });
    }

    private void advance(Duration span) {
        nanos += span.toNanos();
    }
}
