// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.resilience.SystemCircuitBreaker.Permit;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one call that finds out whether a system is back: however it ends, it is not the last. */
@Timeout(60)
class ProbeTest {

    private static final CircuitLimits QUICK = new CircuitLimits(1, 1, Duration.ofMillis(1));

    private final SystemCircuitBreaker circuit =
            new SystemCircuitBreaker("registry", QUICK, Clock.systemUTC(), () -> {});

    /** Lets the time pass for which a system is left alone. */
    private static void leaveAlone(SystemCircuitBreaker circuit) {
        Await.until("the circuit admits a probe", () -> {
            boolean admits = circuit.retryAfter().filter(Duration.ZERO::equals).isPresent();
            assertThat(circuit.access()).isEqualTo(CircuitState.OPEN);
            return admits;
        });
    }

    private Permit probe() {
        circuit.enter().failed("it is down");
        leaveAlone(circuit);
        Permit probe = circuit.enter();
        assertThat(circuit.access()).isEqualTo(CircuitState.HALF_OPEN);
        return probe;
    }

    @Test
    void whileOneCallProbesNoOtherIsLetIn() {
        probe();

        assertThatExceptionOfType(TerminalFailure.class).isThrownBy(circuit::enter);
    }

    @Test
    void anAbandonedProbeMakesWayForTheNext() { // without it nobody gets in until a restart
        probe().abandoned();

        assertThat(circuit.access()).isEqualTo(CircuitState.OPEN);
        leaveAlone(circuit);
        circuit.enter().answered();
        assertThat(circuit.access()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anAbandonedCallThatIsNoProbeSaysNothing() {
        circuit.enter().abandoned();

        assertThat(circuit.access()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatIsInterruptedLeavesTheSystemAloneAndTheNextOneFindsItBack() {
        try (World world = new World("attempts", 1, "failures", 1, "of", 1)) {
            world.failing(failure(Kind.UNAVAILABLE));
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            leaveAlone(world);
            world.behaviour = () -> {
                Thread.currentThread().interrupt();
                throw failure(Kind.UNAVAILABLE);
            };
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(access(world)).isEqualTo(CircuitState.OPEN);

            leaveAlone(world);
            world.behaviour = () -> "back";
            assertThat(world.fetch()).isEqualTo("back");
        }
    }

    private static CircuitState access(World world) {
        return world.guards.systems().get(0).access();
    }

    private static void leaveAlone(World world) {
        Await.until("the circuit admits a probe", () -> {
            boolean admits = world.guards
                    .systems()
                    .get(0)
                    .retryAfter()
                    .filter(Duration.ZERO::equals)
                    .isPresent();
            assertThat(access(world)).isEqualTo(CircuitState.OPEN);
            return admits;
        });
    }
}
