// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterId;
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
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHandlerTest {

    private static final String ZONE = "smo.nephele.eu/security-zone";

    @Test
    void withoutAZoneAllServicesShareOne() {
        assertThat(apply("{'enabled': true}").calls())
                .containsExactly("shareLabel [capture, detect, filter] " + ZONE
                        + ": security: all services in one security zone");
    }

    @Test
    void theLabelOfZonesIsConfigured() {
        RecordingRequirements requirements = new RecordingRequirements();
        new SecurityHandler(ConfigWith.properties(Map.of("zoneLabel", "tier")))
                .apply(graphIntent("security", "{'enabled': true}"), requirements);
        assertThat(requirements.calls()).singleElement().asString().contains(" tier: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecurityHandler(ConfigWith.properties(Map.of("zoneLabel", " "))))
                .withMessageContaining("zoneLabel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'enabled': true, 'zone': 'red'}                      | red  | other | ",
                "{'enabled': true, 'zone': 'red'}                      | blue | other | security: only in the security zone red",
                "{'enabled': true, 'zone': 'red', 'isolation': true}   | red  | demo  | ",
                "{'enabled': true, 'zone': 'red', 'isolation': true}   | red  | other | security: only on clusters that are dedicated to project demo"
            })
    void aZoneAndIsolationExcludeClusters(String json, String zone, String dedicated, String reason) {
        ClusterState cluster = cluster(Map.of(ZONE, zone, SecurityHandler.DEDICATED_LABEL, dedicated));
        RecordingRequirements requirements = apply(json);
        for (String service : new String[] {"capture", "filter", "detect"}) {
            assertThat(String.join("; ", requirements.refusals(service, cluster)))
                    .isEqualTo(reason == null ? "" : reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'enabled': false}", "{'enabled': false, 'zone': 'red', 'isolation': true}"})
    void disabledItHasNoEffect(String json) {
        assertThat(apply(json).calls()).isEmpty();
    }

    private static RecordingRequirements apply(String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        new SecurityHandler(ConfigWith.nothing()).apply(graphIntent("security", json), requirements);
        return requirements;
    }

    private static ClusterState cluster(Map<String, String> labels) {
        return new ClusterState(
                new ClusterId("test", "c1"),
                true,
                Resources.NONE,
                Resources.NONE,
                "",
                labels,
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
