// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DynamicServiceProxyTest {

    private final AtomicReference<Optional<Callable<?>>> present = new AtomicReference<>(Optional.empty());
    private final Callable<?> view = DynamicServiceProxy.create(
            Callable.class, "engine", () -> present.get().map(Callable.class::cast));

    private static void assertAway(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SmoException.class, away -> {
                    assertThat(away.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                    assertThat(away.retryAfter()).isPresent();
                })
                .hasMessageContaining("The engine is unavailable at the moment");
    }

    @Test
    void eachCallGoesToTheServiceThatIsThereThen() throws Exception {
        assertAway(view::call);
        present.set(Optional.of(() -> "first"));
        assertThat((Object) view.call()).isEqualTo("first");
        present.set(Optional.of(() -> "second"));
        assertThat((Object) view.call()).isEqualTo("second");
    }

    @Test
    void whatAPresentServiceThrowsIsItsAnswer() {
        present.set(Optional.of(() -> {
            throw new IllegalStateException("its own words");
        }));
        assertThatThrownBy(view::call).isInstanceOf(IllegalStateException.class).hasMessage("its own words");
    }

    @Test
    void whatAServiceThrowsThatWentMeanwhileIsNoAnswer() {
        present.set(Optional.of(() -> {
            present.set(Optional.empty());
            throw new IllegalStateException("falls apart");
        }));
        assertAway(view::call);
        assertThat(present.get()).isEmpty();
    }

    @Test
    void aRefusalIsAnAnswerAlsoOfAServiceThatWentMeanwhile() {
        present.set(Optional.of(() -> {
            present.set(Optional.empty());
            throw SmoException.of(SmoException.Kind.CONFLICT, "smo", "somebody was faster", Optional.empty());
        }));
        assertThatThrownBy(view::call).hasMessage("somebody was faster");
    }

    @Test
    void aViewIsEqualToItselfAndSaysWhatItStandsFor() {
        assertThat((Object) view)
                .isEqualTo(view)
                .isNotEqualTo(DynamicServiceProxy.create(Callable.class, "store", Optional::empty));
        assertThat(view.toString()).contains("engine");
    }
}
