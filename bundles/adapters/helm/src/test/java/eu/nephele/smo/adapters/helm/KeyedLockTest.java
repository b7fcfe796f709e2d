// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.helm.Turns.Turn;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Helm is never at one release twice. */
@Timeout(60)
class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final Turns turns = new Turns();

    private AdapterException busy(String release) {
        return catchThrowableOfType(AdapterException.class, () -> turns.take(release, Duration.ZERO));
    }

    @Test
    void aReleaseHasOneTurnAtATimeAndOthersHaveTheirs() {
        Turn mine = turns.take("a", LONG);
        assertThat(busy("a"))
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("for a has not ended");
        turns.take("b", Duration.ZERO).close();
        turns.none().close();
        mine.close();
        turns.take("a", Duration.ZERO).close();
    }

    @Test
    void aTurnLastsAsLongAsItsCallsAlsoWhenItsCallerHasGone() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        Turn mine = turns.take("a", LONG);
        mine.lastUntil(call);
        mine.close();
        assertThat(busy("a").retryAfter()).isPresent();
        call.completeExceptionally(new IllegalStateException("the worker has ended"));
        turns.take("a", Duration.ZERO).close();
    }

    @Test
    void whoeverWaitsGetsItsTurnWhenTheOtherIsOver() {
        Turn first = turns.take("a", LONG);
        CompletableFuture<Turn> second = CompletableFuture.supplyAsync(() -> turns.take("a", LONG));
        first.close();

        second.join().close();
        assertThat(second).isCompleted();
    }

    @Test
    void whoeverIsInterruptedWhileItWaitsIsToldAndStaysSo() {
        Turn first = turns.take("a", LONG);
        Thread.currentThread().interrupt();
        AdapterException stopped = catchThrowableOfType(AdapterException.class, () -> turns.take("a", LONG));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.kind()).isEqualTo(Kind.UNAVAILABLE);
        first.close();
    }
}
