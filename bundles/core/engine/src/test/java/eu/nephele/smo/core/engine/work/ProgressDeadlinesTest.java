// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Ten minutes for each change, looked at each second. */
class ProgressDeadlinesTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private Optional<Instant> begun = Optional.empty();
    private final ProgressDeadlines deadlines = new ProgressDeadlines(
            Duration.ofMinutes(10), new SeenTime(nanos::get), Clock.fixed(NOW, ZoneOffset.UTC), graph -> begun);

    @Test
    void aChangeOfThisProcessHasAllItsTime() {
        assertThat(lasts(1)).isEqualTo(601);
        deadlines.forget(G);
        assertThat(lasts(1)).isEqualTo(601);
    }

    @Test
    void aNewChangeStartsOver() {
        deadlines.exceeded(G, 1);
        pass(599);
        assertThat(lasts(2)).isEqualTo(601);
    }

    @Test
    void whatAFormerProcessBeganHasTheRest() {
        begun = Optional.of(NOW.minusSeconds(400));
        assertThat(lasts(1)).isEqualTo(201);
    }

    @Test
    void aTenthIsLeftAfterAStart() {
        begun = Optional.of(NOW.minus(Duration.ofHours(1)));
        assertThat(lasts(1)).isEqualTo(61);
    }

    @Test
    void whatWasBegunByAClockThatIsAheadHasAllItsTime() {
        begun = Optional.of(NOW.plus(Duration.ofHours(1)));
        assertThat(lasts(1)).isEqualTo(601);
    }

    /** Seconds until it has taken too long. */
    private int lasts(long generation) {
        for (int second = 0; ; second++) {
            if (deadlines.exceeded(G, generation)) {
                return second;
            }
            pass(1);
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
