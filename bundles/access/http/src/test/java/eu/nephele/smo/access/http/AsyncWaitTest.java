// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.admission.AdmissionControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class AsyncWaitTest {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    @Test
    void aDecisionBeyondTheTimeLimitIsNotAwaited() {
        assertThat(behind(Optional.of(AT_MOST.plusSeconds(1))).forDecision(AT_MOST))
                .isZero();
    }

    @Test
    void whileTheQueueIsShortADecisionIsWaitedFor() {
        assertThat(behind(Optional.of(AT_MOST)).forDecision(AT_MOST)).isEqualTo(AT_MOST);
    }

    @Test
    void withoutAnEngineNothingIsKnown() {
        assertThat(behind(Optional.empty()).forDecision(AT_MOST)).isEqualTo(AT_MOST);
    }

    private static AsyncWait behind(Optional<Duration> queue) {
        return new AsyncWait(new Interface(), new Semaphore(1), () -> queue.map(Queue::new));
    }

    private record Interface() implements ShutdownSignal {

        @Override
        public boolean isEnding() {
            return false;
        }

        @Override
        public void pause(Duration atMost) {
            throw new AssertionError("not asked");
        }
    }

    private record Queue(Duration expectedWait) implements AdmissionControl {

        @Override
        public void admitChange() {
            throw new AssertionError("not asked");
        }

        @Override
        public void admitRemoval() {
            throw new AssertionError("not asked");
        }
    }
}
