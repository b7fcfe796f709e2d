// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FailureBackOffTest {

    private final FailureBackOff backoff = new FailureBackOff(Duration.ofMillis(250), Duration.ofMillis(1500));

    private List<Long> pausesMillis(int failures) {
        return Stream.generate(() -> backoff.failed().toMillis())
                .limit(failures)
                .toList();
    }

    @Test
    void everyFailureDoublesThePauseUpToTheLongest() {
        assertThat(pausesMillis(6)).containsExactly(250L, 500L, 1000L, 1500L, 1500L, 1500L);
    }

    @Test
    void aSuccessResetsTheDelay() {
        pausesMillis(4);
        backoff.reset();

        assertThat(pausesMillis(2)).containsExactly(250L, 500L);
    }

    @Test
    void aBackOffIsFreshUntilAFailure() {
        assertThat(backoff.isFresh()).isTrue();
        backoff.failed();
        assertThat(backoff.isFresh()).isFalse();
        backoff.reset();
        assertThat(backoff.isFresh()).isTrue();
    }
}
