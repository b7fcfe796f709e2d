// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.availability;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import eu.nephele.smo.lab.conformance.SampleJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighAvailabilityHandlerTest {

    private final HighAvailabilityHandler handler = new HighAvailabilityHandler();

    @Test
    void theIntentAppliesToGraphs() {
        assertThat(handler.scopes("highAvailability")).containsExactly(Scope.GRAPH);
    }

    @Test
    void keepsThePlacement() {
        assertThat(calls("{'enabled': true}")).containsExactly("keepPlacement");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'enabled': true, 'minReplicasOverall': 3}                          | totalReplicas 3..",
                "{'enabled': true, 'maxReplicasOverall': 9}                          | totalReplicas ..9",
                "{'enabled': true, 'minReplicasOverall': 0, 'maxReplicasOverall': 1} | totalReplicas 0..1",
                "{'enabled': true, 'minReplicasOverall': 4, 'maxReplicasOverall': 4} | totalReplicas 4..4",
                "{'enabled': true, 'minReplicasOverall': 2.0}                        | totalReplicas 2.."
            },
            quoteCharacter = '"')
    void boundsTheReplicasOfAllServicesTogether(String json, String expected) {
        assertThat(calls(json)).containsExactly("keepPlacement", expected);
        assertThat(complaints(schema(), json)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'enabled': false}", "{'enabled': false, 'minReplicasOverall': 3, 'maxReplicasOverall': 5}"})
    void hasNoEffectWhenNotEnabled(String json) {
        assertThat(calls(json)).isEmpty();
        assertThat(complaints(schema(), json)).isZero();
    }

    @Test
    void maximumBelowMinimumMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calls("{'enabled': true, 'minReplicasOverall': 5, 'maxReplicasOverall': 2}"))
                .withMessage("/hdaGraph/hdaGraphIntent/highAvailability:"
                        + " maxReplicasOverall=2 is below minReplicasOverall=5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "true",
                "{'enabled': 'true'}",
                "{'enabled': true, 'minReplicasOverall': -1}",
                "{'enabled': true, 'maxReplicasOverall': 0}",
                "{'enabled': true, 'minReplicasOverall': 1.5}",
                "{'enabled': true, 'maxReplicasOverall': 2147483648}",
                "{'enabled': true, 'replicas': 3}"
            })
    void schemaRefuses(String json) {
        assertThat(complaints(schema(), json)).isPositive();
    }

    @Test
    void extensionMembersAreLeftAlone() {
        assertThat(complaints(schema(), "{'enabled': true, 'x-note': 1}")).isZero();
    }

    private JsonObject schema() {
        return handler.schema("highAvailability", Scope.GRAPH);
    }

    private List<String> calls(String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        handler.apply(graphIntent("highAvailability", json), requirements);
        return requirements.calls();
    }

    private static int complaints(JsonObject schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toJson())
                .validate(SampleJson.value(json).toJson(), InputFormat.JSON)
                .size();
    }
}
