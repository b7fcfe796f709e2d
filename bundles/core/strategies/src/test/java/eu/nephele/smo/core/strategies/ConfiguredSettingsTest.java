// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredSettingsTest {
    /** The configuration as the component runtime makes it: given values, else the declared defaults. */
    private static StrategiesConfig config(Map<String, Object> given) {
        return (StrategiesConfig) Proxy.newProxyInstance(
                StrategiesConfig.class.getClassLoader(),
                new Class<?>[] {StrategiesConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void theDefaultsOfTheConfigurationAreTheBuiltInValues() {
        assertThat(new ConfiguredSettings(config(Map.of())).get()).isEqualTo(StrategySettings.DEFAULTS);
    }

    @Test
    void readsWhatIsConfigured() {
        StrategySettings settings = new ConfiguredSettings(config(Map.of(
                        "initialPlacement",
                        "optimal",
                        "scaling",
                        " threshold ",
                        "scalingParameters",
                        "{\"upReplicas\": 4}",
                        "objectives",
                        new String[] {"moves=0.4, carbon=0.6@1"},
                        "projectDefaults",
                        new String[] {
                            "green={\"placement\":{\"id\":\"greedy\",\"version\":\"1.2\",\"optional\":true,"
                                    + "\"objectives\":{\"carbon\":{\"weight\":2,\"level\":1},\"moves\":1}},"
                                    + "\"scaling\":{\"intervalSeconds\":10,\"parameters\":{\"a\":1}}}"
                        },
                        "placementBudgetMillis",
                        5_000L)))
                .get();
        assertThat(settings.initialPlacement()).isEqualTo("optimal");
        assertThat(settings.scaling()).contains("threshold");
        assertThat(settings.scalingParameters()).isEqualTo(StrategyHost.json("{'upReplicas':4}"));
        assertThat(settings.objectives())
                .isEqualTo(Map.of("moves", ObjectiveWeight.of(0.4), "carbon", new ObjectiveWeight(0.6, 1)));
        assertThat(settings.budgets().placementMillis()).isEqualTo(5_000);
        assertThat(settings.projectDefaults().get("green").placement())
                .isEqualTo(new StrategySelection(
                        Optional.of("greedy"),
                        Optional.of("1.2"),
                        StrategyHost.json("{}"),
                        true,
                        Optional.of(Map.of("carbon", new ObjectiveWeight(2, 1), "moves", ObjectiveWeight.of(1))),
                        OptionalInt.empty()));
        assertThat(settings.projectDefaults().get("green").scaling().intervalSeconds())
                .hasValue(10);
    }

    @Test
    void theDefaultWeightsAndThoseOfAProjectMayCountSharesOfRanges() {
        StrategySettings settings = new ConfiguredSettings(config(Map.of(
                        "objectives", new String[] {"carbon=0.7@1"},
                        "normalised", true,
                        "projectDefaults",
                                new String[] {
                                    "green={\"placement\":{\"objectives\":{\"carbon\":0.9},\"normalised\":true}}",
                                    "plain={\"placement\":{\"objectives\":{\"carbon\":0.9}}}"
                                })))
                .get();
        assertThat(settings.objectives()).isEqualTo(Map.of("carbon", new ObjectiveWeight(0.7, 1, true)));
        assertThat(settings.projectDefaults().get("green").placement().objectives())
                .contains(Map.of("carbon", new ObjectiveWeight(0.9, 0, true)));
        assertThat(settings.projectDefaults().get("plain").placement().normalised())
                .isFalse();
    }

    static Stream<Map.Entry<String, Object>> wrong() {
        return Stream.of(
                Map.entry("initialPlacement", " "),
                Map.entry("scalingParameters", "[]"),
                Map.entry("objectives", new String[] {"moves"}),
                Map.entry("objectives", new String[] {"moves=-1"}),
                Map.entry("objectives", new String[] {"moves=1@x"}),
                Map.entry("projectDefaults", new String[] {"p={\"placment\":{}}"}),
                Map.entry("projectDefaults", new String[] {"p={\"placement\":{\"id\":7}}"}),
                Map.entry("projectDefaults", new String[] {"p={\"placement\":{\"objectives\":{\"moves\":{}}}}"}),
                Map.entry("projectDefaults", new String[] {"{}"}),
                Map.entry("placementBudgetMillis", 0L),
                Map.entry("poolSize", 0),
                Map.entry("ejectAfterFaults", -1),
                Map.entry("ejectAfterFaultsInWindow", -1),
                Map.entry("ejectWindowSeconds", 0L),
                Map.entry("maxAbandonedThreads", -1),
                Map.entry("allocationLimitMiB", -1L),
                Map.entry("maxThreads", -1),
                Map.entry("missingWaitMillis", -1L));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aValueThatMakesNoSenseIsNamed(Map.Entry<String, Object> entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfiguredSettings(config(Map.of(entry.getKey(), entry.getValue()))))
                .withMessageContaining(entry.getKey());
    }

    @Test
    void aChangeCountsAtOnceAndAWrongOneLeavesTheOldValues() {
        ConfiguredSettings settings = new ConfiguredSettings(config(Map.of()));
        settings.modified(config(Map.of("replacement", "anytime")));
        assertThat(settings.get().replacement()).isEqualTo("anytime");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.modified(config(Map.of("poolSize", -1))));
        assertThat(settings.get().replacement()).isEqualTo("anytime");
    }
}
