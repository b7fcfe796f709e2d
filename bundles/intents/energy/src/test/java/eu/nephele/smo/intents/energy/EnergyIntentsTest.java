// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyIntentsTest {

    private static final ClusterState CLUSTER = new ClusterState(
            new ClusterId("test", "c1"),
            true,
            Resources.NONE,
            Resources.NONE,
            "",
            Map.of(),
            EnergyProfile.UNKNOWN,
            Set.of(),
            Instant.EPOCH);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"true | weight carbon 1000.0", "'True' | weight carbon 1000.0", "false | "})
    void energyEfficiencyIsAWeightOfCarbon(String enabled, String expected) {
        RecordingRequirements requirements = new RecordingRequirements();
        new EnergyEfficiencyHandler(ConfigWith.nothing())
                .apply(graphIntent("energyEfficiency", "{'enabled': %s}".formatted(enabled)), requirements);
        assertThat(String.join("; ", requirements.calls())).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anEnergyPreferenceMayDoNothingOrWeighCarbon() {
        assertThat(preference("'none'").calls()).isEmpty();
        assertThat(preference("'low_carbon'").calls()).containsExactly("weight carbon 1000.0");
    }

    @ParameterizedTest
    @CsvSource({"0.5, true", "0.49, false", "NaN, false"})
    void muchRenewableEnergyIsAPreferenceOrACondition(double share, boolean enough) {
        ClusterSignals signals = new ClusterSignals(
                OptionalDouble.empty(),
                Double.isNaN(share) ? OptionalDouble.empty() : OptionalDouble.of(share),
                OptionalDouble.empty(),
                List.of());
        RecordingRequirements preference = preference("'renewable_high'");
        RecordingRequirements only = preference("'renewable_only'");

        for (String service : List.of("capture", "filter", "detect")) {
            assertThat(preference.preferencesAgainst(service, CLUSTER, signals).isEmpty())
                    .isEqualTo(enough);
            assertThat(preference.refusals(service, CLUSTER, signals)).isEmpty();
            assertThat(only.refusals(service, CLUSTER, signals).isEmpty()).isEqualTo(enough);
        }
        assertThat(preference.calls()).contains("weight carbon 1000.0");
        assertThat(only.calls().get(0)).endsWith("energy_preference: only with at least 50 % renewable energy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'green'", "1", "{}", "['none']"})
    void anotherPreferenceIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preference(json))
                .withMessage(
                        "/hdaGraph/hdaGraphIntent/energy_preference: expected one of none, low_carbon, renewable_high, renewable_only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"carbonWeight", "preferenceWeight"})
    void aWeightThatIsNoneIsRefused(String property) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnergyPreferenceHandler(ConfigWith.properties(Map.of(property, 0.0))))
                .withMessageContaining(property + "=0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EnergyPreferenceHandler(ConfigWith.properties(Map.of("highRenewablePercent", 101))))
                .withMessageContaining("highRenewablePercent=101");
    }

    private static RecordingRequirements preference(String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        new EnergyPreferenceHandler(ConfigWith.nothing()).apply(graphIntent("energy_preference", json), requirements);
        return requirements;
    }
}
