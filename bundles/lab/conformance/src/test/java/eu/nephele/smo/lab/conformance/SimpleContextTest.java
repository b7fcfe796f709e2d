// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.NoParameters;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SimpleContextTest {

    private record Speed(int value) {}

    @Test
    void stopsWhenNothingIsLeft() {
        assertThat(SimpleContext.unlimited().shouldStop()).isFalse();
        SimpleContext over = new SimpleContext(() -> -5, OptionalLong.empty(), new NoParameters());
        assertThat(over.remainingMillis()).isZero();
        assertThat(over.shouldStop()).isTrue();
        assertThat(SimpleContext.within(0).shouldStop()).isTrue();
        assertThat(SimpleContext.within(60_000).remainingMillis()).isBetween(1L, 60_000L);
    }

    @Test
    void aReplayIsLimitedByWorkOnly() {
        SimpleContext replay = SimpleContext.within(0).withWorkBudget(7);
        assertThat(replay.workBudget()).hasValue(7);
        assertThat(replay.shouldStop()).isFalse();
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThat(SimpleContext.unlimited().shouldStop()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void handsOutParametersOfTheRightKindOnly() {
        SimpleContext context = SimpleContext.unlimited().withParameters(new Speed(3));
        assertThat(context.parameters(Speed.class)).isEqualTo(new Speed(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.parameters(NoParameters.class))
                .withMessageContaining("Speed");
    }
}
