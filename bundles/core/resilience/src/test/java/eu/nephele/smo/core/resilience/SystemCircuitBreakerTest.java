// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SystemCircuitBreakerTest {

    @Test
    void aSystemThatFailsTooOftenIsNotCalledAndTheCallerHearsWhyAndForHowLong() {
        try (World world = shut(new World("attempts", 1))) {
            assertThatThrownBy(world::fetch).isInstanceOfSatisfying(AdapterException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(e.retryAfter().orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
                assertThat(e)
                        .hasMessageContaining("registry is not called: it has failed since 20")
                        .hasMessageContaining("it said UNAVAILABLE");
            });
            assertThat(world.calls).hasValue(3);
            assertThat(world.gauge("smo_outside_access")).isEqualTo(2);
            assertThat(world.count("smo_outside_calls_total", "shut")).isOne();
        }
    }

    @Test
    void aShutSystemIsNotRepeatedlyAsked() {
        try (World world = shut(new World("failures", 3, "of", 3))) {
            int before = world.calls.get();
            long began = System.nanoTime();
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(before);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
        }
    }

    @Test
    void fewerFailuresAmongTheLastCallsChangeNothing() {
        try (World world = new World("attempts", 1)) {
            for (int round = 0; round < 10; round++) {
                world.failing(failure(Kind.UNAVAILABLE));
                assertThatThrownBy(world::fetch).hasMessage("it said UNAVAILABLE");
                world.behaviour = () -> "fine";
                world.fetch();
                world.fetch();
            }
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aFailureOfAnotherSystemThatACallNeededDoesNotShutThisOne() {
        try (World world = new World("attempts", 1)) {
            world.failing(new AdapterException(Kind.UNAVAILABLE, "charts", "the chart cannot be had"));
            for (int call = 0; call < 10; call++) {
                assertThatThrownBy(world::fetch).hasMessage("the chart cannot be had");
            }
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
            assertThat(world.calls).hasValue(10);
        }
    }

    @Test
    void aFailureOfAPartDoesNotShutTheWhole() {
        try (World world = new World("attempts", 1)) {
            world.failing(new AdapterException(Kind.UNAVAILABLE, World.SYSTEM + "/mirror", "the mirror is away"));
            for (int call = 0; call < 10; call++) {
                assertThatThrownBy(world::fetch).hasMessage("the mirror is away");
            }
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
            assertThat(world.calls).hasValue(10);
        }
    }

    /** The adapter says so only while other parts answer. */
    @Test
    void aProbeThatFindsAPartAwayHasFoundTheWhole() {
        try (World world = shut(new World("attempts", 1))) {
            awaitProbe(world);
            world.failing(new AdapterException(Kind.UNAVAILABLE, World.SYSTEM + "/mirror", "the mirror is away"));
            assertThatThrownBy(world::fetch).hasMessage("the mirror is away");
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aProbeThatFailsElsewhereFindsNothingOutAndTheNextCallIsOne() {
        try (World world = shut(new World("attempts", 1))) {
            awaitProbe(world);
            world.failing(new AdapterException(Kind.UNAVAILABLE, "charts", "the chart cannot be had"));
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(world::fetch).hasMessage("the chart cannot be had");
                assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.HALF_OPEN);
            }
            assertThat(world.guards.systems().get(0).lastSuccess()).isEmpty();
            world.behaviour = () -> "back";
            assertThat(world.fetch()).isEqualTo("back");
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void oneProbeClosesTheCircuitAndSubscribersAreNotified() {
        try (World world = new World("attempts", 1)) {
            List<SystemState> told = new CopyOnWriteArrayList<>();
            world.guards.subscribe(told::add);
            shut(world);
            world.behaviour = () -> "back";
            awaitProbe(world);

            assertThat(world.fetch()).isEqualTo("back");

            assertThat(told)
                    .extracting(SystemState::access)
                    .containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
            assertThat(told.get(0).retryAfter()).isPresent();
            assertThat(told.get(0).lastFailure()).contains("it said UNAVAILABLE");
            assertThat(told.get(2).lastSuccess()).isPresent();
        }
    }

    @Test
    void aProbeThatFailsShutsItAgain() {
        try (World world = shut(new World("attempts", 1))) {
            awaitProbe(world);
            assertThatThrownBy(world::fetch).hasMessage("it said UNAVAILABLE");
            assertThatThrownBy(world::fetch).hasMessageContaining("is not called");
            assertThat(world.calls).hasValue(4);
        }
    }

    @Test
    void aCallDuringTheProbeIsRejected() {
        try (World world = shut(new World("attempts", 1))) {
            awaitProbe(world);
            world.behaviour = () -> {
                assertThatThrownBy(world::fetch)
                        .hasMessageContaining("A probe call is under way")
                        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.retryAfter())
                                .isPresent());
                return "back";
            };
            assertThat(world.fetch()).isEqualTo("back");
        }
    }

    @Test
    void anInterruptedCallSaysNothingAboutTheSystem() {
        try (World world = new World("attempts", 1)) {
            world.behaviour = () -> {
                Thread.currentThread().interrupt();
                throw failure(Kind.UNAVAILABLE);
            };
            for (int call = 0; call < 10; call++) {
                assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        try (World world = new World("attempts", 1)) {
            world.guards.subscribe(state -> {
                throw new IllegalStateException("a fault of the listener");
            });
            assertThat(shut(world).guards.systems().get(0).access()).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void aCancelledSubscriberIsNotNotified() {
        try (World world = new World("attempts", 1)) {
            List<SystemState> told = new CopyOnWriteArrayList<>();
            world.guards.subscribe(told::add).close();
            shut(world);
            assertThat(told).isEmpty();
        }
    }

    private static World shut(World world) {
        world.failing(failure(Kind.UNAVAILABLE));
        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
        }
        return world;
    }

    /** Until the system has been left alone for as long as it shall be: the next call finds out whether it is back. */
    private static void awaitProbe(World world) {
        Await.until(
                "the circuit admits a probe",
                () -> world.guards
                                .systems()
                                .get(0)
                                .retryAfter()
                                .orElse(Duration.ZERO)
                                .compareTo(Duration.ZERO)
                        <= 0);
    }
}
