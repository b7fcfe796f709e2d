// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeardLeaseTest {

    private static final long SECOND = 1_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final HeardLease lease = new HeardLease(nanos::get);

    private void after(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aChangeIsOverWhenItsServerHasBeenSilentForAsLongAsTheLeaseHadLeft() {
        lease.begin(SECOND);
        for (int told = 0; told < 5; told++) {
            after(SECOND - 1);
            assertThat(lease.isOver()).isFalse();
            lease.hear(SECOND);
        }
        after(SECOND - 1);
        assertThat(lease.isOver()).isFalse();
        after(1);
        assertThat(lease.isOver()).isTrue();
        lease.hear(SECOND);
        assertThat(lease.isOver()).as("a word that was on its way for long").isTrue();
        lease.begin(SECOND);
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void aLeaseThatIsNotRenewedBecomesShorter() {
        lease.begin(SECOND);
        lease.hear(10);
        after(10);
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void aWorkerWithoutChangesNeedsNoLease() {
        assertThat(lease.isOver()).isFalse();
        lease.begin(SECOND);
        lease.begin(SECOND);
        lease.end();
        after(SECOND);
        assertThat(lease.isOver()).as("one is under way").isTrue();
        lease.end();
        assertThat(lease.isOver()).isFalse();
        after(SECOND);
        lease.begin(SECOND);
        assertThat(lease.isOver())
                .as("the next one is of a server that has something left")
                .isFalse();
    }

    @Test
    void theEndOfALeaseIsNoticedWithoutAMessage() throws Exception {
        HeardLease real = new HeardLease(System::nanoTime);
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> {
            try {
                real.awaitEnd();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        real.begin(TimeUnit.HOURS.toMillis(1));
        real.end();
        real.begin(TimeUnit.HOURS.toMillis(1));
        assertThat(over).isNotDone();
        real.hear(20);
        over.get();
    }
}
