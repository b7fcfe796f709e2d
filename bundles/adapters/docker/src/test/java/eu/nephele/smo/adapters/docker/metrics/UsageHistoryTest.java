// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The newest value is told at once, the past takes no more room for that. */
class UsageHistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("shop", "web"), "web");

    private final UsageHistory history = new UsageHistory();

    @Test
    void theNewestValueIsToldAndThePastIsThinned() {
        for (int second = 0; second <= 600; second += 3) {
            history.add("cpu", WEB, BEGIN.plusSeconds(second), second);
            assertThat(history.latest("cpu", WEB, BEGIN)).contains((double) second);
        }
        assertThat(history.since("cpu", WEB, BEGIN, Duration.ofSeconds(1)))
                .as("one in 15 seconds and the newest one")
                .hasSize(41)
                .extracting(point -> point.perSecond())
                .startsWith(0.0, 15.0, 30.0)
                .endsWith(585.0, 600.0);
    }

    @Test
    void rarePointsAreAllKept() {
        for (int second = 0; second <= 600; second += 60) {
            history.add("cpu", WEB, BEGIN.plusSeconds(second), second);
        }
        assertThat(history.since("cpu", WEB, BEGIN, Duration.ofSeconds(1))).hasSize(11);
        history.forgetBefore(BEGIN.plusSeconds(3600 + 300));
        assertThat(history.since("cpu", WEB, BEGIN, Duration.ofSeconds(1))).hasSize(6);
    }
}
