// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Expired records are removed until the scheduler is closed. */
class PruneSchedulerTest {

    private final CountDownLatch runs = new CountDownLatch(3);

    private PruneScheduler pruning() {
        return new PruneScheduler(
                "pruning-test",
                Duration.ofMillis(5),
                new ClockJumps(Clock.systemUTC(), System::nanoTime),
                List.of(new PruneScheduler.PruneTask("records", () -> {
                    runs.countDown();
                    if (runs.getCount() == 2) {
                        throw new IllegalStateException("the database is away");
                    }
                    return 1;
                })));
    }

    @Test
    void goesOnAfterATaskThatFails() throws Exception {
        try (PruneScheduler pruning = pruning()) {
            pruning.begin();
            assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBeginningThatComesAfterTheEndIsNone() {
        PruneScheduler pruning = pruning();
        pruning.close();
        assertThatCode(pruning::begin).doesNotThrowAnyException();
        assertThat(runs.getCount()).isEqualTo(3);
    }
}
