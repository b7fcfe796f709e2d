// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.helm.KeyedLock.Hold;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Helm never changes one release twice at a time. */
@Timeout(60)
class KeyedLockTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final KeyedLock keyedLock = new KeyedLock();

    private AdapterException busy(String release) {
        return catchThrowableOfType(AdapterException.class, () -> keyedLock.take(release, Duration.ZERO));
    }

    @Test
    void aReleaseHasOneTurnAtATimeAndOthersHaveTheirs() {
        Hold mine = keyedLock.take("a", LONG);
        assertThat(busy("a"))
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("for a is still running");
        keyedLock.take("b", Duration.ZERO).close();
        keyedLock.none().close();
        mine.close();
        keyedLock.take("a", Duration.ZERO).close();
    }

    @Test
    void aTurnLastsAsLongAsItsCallsAlsoWhenItsCallerHasGone() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        Hold mine = keyedLock.take("a", LONG);
        mine.lastUntil(call);
        mine.close();
        assertThat(busy("a").retryAfter()).isPresent();
        call.completeExceptionally(new IllegalStateException("the worker has ended"));
        keyedLock.take("a", Duration.ZERO).close();
    }

    @Test
    void aWaitingCallerProceedsWhenTheLockIsFree() {
        Hold first = keyedLock.take("a", LONG);
        CompletableFuture<Hold> second = CompletableFuture.supplyAsync(() -> keyedLock.take("a", LONG));
        first.close();

        second.join().close();
        assertThat(second).isCompleted();
    }

    @Test
    void anInterruptedWaitFailsAndKeepsTheInterruptStatus() {
        Hold first = keyedLock.take("a", LONG);
        Thread.currentThread().interrupt();
        AdapterException stopped = catchThrowableOfType(AdapterException.class, () -> keyedLock.take("a", LONG));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.kind()).isEqualTo(Kind.UNAVAILABLE);
        first.close();
    }
}
