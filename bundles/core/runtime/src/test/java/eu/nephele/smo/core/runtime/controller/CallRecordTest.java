// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a controller counts as one that answers nothing. */
class CallRecordTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration LATELY = Duration.ofMinutes(6);

    private final AtomicLong nanos = new AtomicLong();
    private final CallRecord calls = new CallRecord(nanos::get);

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void failuresAreReportedWhenNothingWasAnsweredForLong() {
        assertThat(calls.failing(LONG, LATELY)).as("nothing was asked").isEmpty();
        calls.failed("first");
        after(Duration.ofMinutes(4));
        calls.failed("second");
        assertThat(calls.failing(LONG, LATELY)).isEmpty();
        after(Duration.ofMinutes(1));
        assertThat(calls.failing(LONG, LATELY)).contains("second");
    }

    @Test
    void oneSuccessfulCallEndsASeriesOfFailures() {
        calls.failed("first");
        after(Duration.ofMinutes(4));
        calls.answered();
        calls.failed("second");
        after(Duration.ofMinutes(4));
        calls.failed("third");
        assertThat(calls.failing(LONG, LATELY)).isEmpty();
        after(Duration.ofMinutes(1));
        assertThat(calls.failing(LONG, LATELY)).contains("third");
    }

    @Test
    void whereNothingIsLeftToBeAskedAboutNothingFails() {
        calls.failed("first");
        after(LONG);
        calls.failed("last");
        after(Duration.ofMinutes(7));
        assertThat(calls.failing(LONG, LATELY)).isEmpty();
    }
}
