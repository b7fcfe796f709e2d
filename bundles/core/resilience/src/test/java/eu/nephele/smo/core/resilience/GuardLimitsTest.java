// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;

class GuardLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "attempts,0",
        "firstDelayMillis,0",
        "maxDelayMillis,0",
        "budgetMillis,0",
        "timeoutMillis,0",
        "failures,0",
        "of,2",
        "openSeconds,0",
        "maxConcurrent,0",
        "maxWaitMillis,-1",
        "staleSeconds,-1"
    })
    void aWrongValueNamesItsKey(String key, int value) {
        assertThatThrownBy(() -> Settings.limits(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key + "=" + value);
    }

    @ParameterizedTest
    @CsvSource({"attempts,0", "timeoutMillis,-2", "maxConcurrent,0", "failures,3", "of,3", "staleSeconds,-2"})
    void aWrongValueOfOneSystemNamesItsKeyAndItsConfiguration(String key, int value) {
        assertThatThrownBy(() -> Settings.system("helm", key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(SystemLimits.PID + "~helm: ")
                .hasMessageContaining("=" + (key.equals("of") ? -1 : value));
    }

    @Test
    void jitterIsAShareOfTheDelay() {
        assertThatThrownBy(() -> Settings.limits("jitter", 1.5)).hasMessageContaining("jitter=1.5");
        assertThatThrownBy(() -> Settings.limits("jitter", Double.NaN)).hasMessageContaining("jitter=NaN");
        assertThatThrownBy(() -> Settings.system("x", "jitter", -0.5)).hasMessageContaining("jitter=-0.5");
    }

    @Test
    void aSystemHasItsOwnValuesAndInheritsTheOthers() {
        SystemLimits helm = Settings.system("helm", "timeoutMillis", 900_000, "failures", 7, "of", 9);
        GuardLimits limits = helm.over(Settings.limits("maxConcurrent", 5, "attempts", 2));
        assertThat(helm.system()).isEqualTo("helm");
        assertThat(limits.timeout()).hasMinutes(15);
        assertThat(limits.circuit()).isEqualTo(new CircuitLimits(7, 9, Duration.ofSeconds(1)));
        assertThat(limits.maxConcurrent()).isEqualTo(5);
        assertThat(limits.repetition().attempts()).isEqualTo(2);
    }

    @Test
    void theNameOfASystemMayBeAProperty() {
        assertThat(Settings.system("any", "system", "karmada-eu").system()).isEqualTo("karmada-eu");
        assertThatThrownBy(() -> new SystemLimits(
                        Settings.config(SystemConfig.class, Map.of()), Map.of("service.pid", SystemLimits.PID)))
                .hasMessageContaining("system is empty");
    }

    @Test
    void limitsOfASystemComeAndGoWhileItIsUsed() {
        try (World world = new World("attempts", 3, "failures", 100, "of", 100).failing(failure(Kind.UNAVAILABLE))) {
            SystemLimits own = Settings.system(World.SYSTEM, "attempts", 1);
            world.guards.add(own);
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(1);
            world.guards.remove(own);
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(4);
        }
    }

    @Test
    void aWrongValueInAChangeOfASystemLeavesItsValues() {
        try (World world = new World("attempts", 3, "failures", 100, "of", 100).failing(failure(Kind.UNAVAILABLE))) {
            SystemLimits own = Settings.system(World.SYSTEM, "attempts", 1);
            world.guards.add(own);
            assertThatThrownBy(() -> change(own, World.SYSTEM, Map.of("attempts", 0)))
                    .hasMessageContaining("~registry: attempts=0");
            world.guards.update();
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(1);

            change(own, World.SYSTEM, Map.of("attempts", 2));
            world.guards.update();
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(3);

            change(own, "another", Map.of("attempts", 2));
            world.guards.update();
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(6);
        }
    }

    private static void change(SystemLimits limits, String system, Map<String, Object> values) {
        limits.change(
                Settings.config(SystemConfig.class, values), Map.of("service.pid", SystemLimits.PID + "~" + system));
    }

    @Test
    void ofTwoConfigurationsForOneSystemTheOtherCountsWhenOneGoes() {
        try (World world = new World("attempts", 3, "failures", 100, "of", 100).failing(failure(Kind.UNAVAILABLE))) {
            SystemLimits second = Settings.system("b", "system", World.SYSTEM, "attempts", 1);
            world.guards.add(Settings.system("a", "system", World.SYSTEM, "attempts", 2));
            world.guards.add(second);
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(1);
            world.guards.remove(second);
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.calls).hasValue(3);
        }
    }

    @Test
    void aChangeWhileACallIsInsideCountsItStill() throws Exception {
        try (World world = new World("maxConcurrent", 2)) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            world.behaviour = () -> {
                entered.countDown();
                try {
                    assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts this test", e);
                }
                return "fine";
            };
            Thread inside = new Thread(world::fetch);
            inside.start();
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            world.behaviour = () -> "fine";

            world.guards.change(Settings.limits("maxConcurrent", 1));
            assertThatThrownBy(world::fetch).hasMessageContaining("maxConcurrent=1");
            leave.countDown();
            inside.join(5000);
            assertThat(world.fetch()).isEqualTo("fine");
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
        }
    }

    @Test
    void aShutSystemStaysShutWhenItsLimitsChange() {
        try (World world = new World("attempts", 1).failing(failure(Kind.UNAVAILABLE))) {
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(world::fetch).hasMessage("it said UNAVAILABLE");
            }
            world.guards.change(Settings.limits("openSeconds", 60));
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.OPEN);
            assertThat(world.guards.systems().get(0).retryAfter().orElseThrow()).isGreaterThan(Duration.ofSeconds(50));
            assertThatThrownBy(world::fetch).hasMessageContaining("it said UNAVAILABLE");
            assertThat(world.calls).hasValue(3);
        }
    }

    @Test
    void otherLimitsLeaveWhatIsKnownOfTheSystemAlone() {
        try (World world = new World("attempts", 1).failing(failure(Kind.UNAVAILABLE))) {
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            world.guards.change(Settings.limits("attempts", 1, "timeoutMillis", 60_000, "maxConcurrent", 3));
            assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void theComponentKeepsItsValuesWhenNewOnesAreWrong() {
        BundleContext alone = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> null);
        GuardComponent component = new GuardComponent(alone, Settings.config(GuardConfig.class, Map.of()));
        assertThatThrownBy(() -> component.change(Settings.config(GuardConfig.class, Map.of("attempts", 0))))
                .hasMessage("Configuration eu.nephele.smo.core.resilience: attempts=0, expected at least 1");
        component.close();
    }
}
