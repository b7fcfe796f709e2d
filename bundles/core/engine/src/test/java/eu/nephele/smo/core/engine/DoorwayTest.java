// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Occupancy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class DoorwayTest {

    private final Occupancy calls = new Occupancy();
    private final Doorway doorway = new Doorway(calls);

    /** What stands behind the door. */
    private record Room(Callable<String> inside) implements Callable<String> {
        @Override
        public String call() throws Exception {
            return inside.call();
        }
    }

    private Callable<?> before(Callable<String> inside) {
        return doorway.before(Callable.class, new Room(inside));
    }

    @Test
    void anEngineThatIsThereAnswers() throws Exception {
        assertThat((Object) before(() -> "inside").call()).isEqualTo("inside");
    }

    @Test
    void anEngineThatHasEndedTakesNoCalls() {
        Callable<?> door = before(() -> "inside");
        calls.close();
        assertThatThrownBy(door::call)
                .isInstanceOfSatisfying(
                        SmoException.class, ended -> assertThat(ended.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessageContaining("The engine has ended, or is being exchanged; nothing was changed");
    }

    @Test
    void whoFailsHasLeft() {
        IOException failure = new IOException("its own words");
        Callable<?> door = before(() -> {
            throw failure;
        });
        assertThatThrownBy(door::call).isSameAs(failure);
        calls.close();
        assertThat(calls.awaitLast(Duration.ofSeconds(1))).isZero();
    }

    @Test
    void aDoorIsEqualToItselfAndSaysWhatIsBehindIt() {
        Callable<?> door = before(() -> "inside");
        assertThat((Object) door).isEqualTo(door).isNotEqualTo(before(() -> "inside"));
        assertThat(door.toString()).startsWith("Room[");
    }
}
