// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.offload;

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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffloadPolicyHandlerTest {

    @ParameterizedTest
    @CsvSource({
        "none, ''",
        "cost_saving, weight price 1.0",
        "aggressive_cost_saving, weight price 100.0",
        "consolidate, weight consolidation 100.0"
    })
    void aPolicyIsAWeight(String policy, String expected) {
        assertThat(String.join("; ", apply("'%s'".formatted(policy)).calls())).isEqualTo(expected);
        assertThat(String.join("; ", apply("{'policy': '%s'}".formatted(policy)).calls()))
                .isEqualTo(expected);
    }

    @Test
    void whereToGoIsAPreference() {
        RecordingRequirements requirements =
                apply("{'policy': 'none', 'to': {'tier': 'cloud'}, 'weight': 3, 'x-note': 1}");
        assertThat(requirements.calls())
                .hasSize(3)
                .contains("prefer detect 3.0: offload_policy: rather on clusters with {tier=cloud}");
        assertThat(requirements.preferencesAgainst("detect", cluster("cloud"), ClusterSignals.UNKNOWN))
                .isEmpty();
        assertThat(requirements.preferencesAgainst("detect", cluster("edge"), ClusterSignals.UNKNOWN))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'cheap'                              | : expected one of none, cost_saving, aggressive_cost_saving, consolidate",
                "{}                                   | /policy: expected one of none, cost_saving, aggressive_cost_saving, consolidate",
                "{'policy': 1}                        | /policy: expected a text",
                "{'policy': 'none', 'to': 'cloud'}    | /to: expected an object",
                "[]                                   | : expected an object"
            })
    void whatMakesNoSenseIsRefusedWithItsPlace(String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply(json))
                .withMessage("/hdaGraph/hdaGraphIntent/offload_policy" + message);
    }

    private static RecordingRequirements apply(String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        new OffloadPolicyHandler().apply(graphIntent("offload_policy", json), requirements);
        return requirements;
    }

    private static ClusterState cluster(String tier) {
        return new ClusterState(
                new ClusterId("test", "c1"),
                true,
                Resources.NONE,
                Resources.NONE,
                "",
                Map.of("tier", tier),
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
