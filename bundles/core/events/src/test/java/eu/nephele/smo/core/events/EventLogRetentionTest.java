// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLogRetentionTest {

    @Test
    void aTurnBeforeWhichTheClockWasSetAheadIsLeftOut() {
        AtomicLong passed = new AtomicLong();
        Clock stands = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
        AtomicInteger turns = new AtomicInteger();
        try (EventLogRetention retention = new EventLogRetention(
                "events", Duration.ofMinutes(10), new ClockJumps(stands, passed::get), turns::incrementAndGet)) {
            retention.run();
            assertThat(turns).hasValue(1);
            // the clock shows an hour more than has passed
            passed.addAndGet(-Duration.ofHours(1).toNanos());
            retention.run();
            assertThat(turns).as("it was set ahead").hasValue(1);
            retention.run();
            assertThat(turns).as("it goes as time does").hasValue(2);
            // it was set back
            passed.addAndGet(Duration.ofHours(1).toNanos());
            retention.run();
            assertThat(turns).hasValue(3);
        }
    }
}
