// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static eu.nephele.smo.lab.conformance.SampleGraphs.serviceIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import eu.nephele.smo.lab.conformance.SampleJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeHandlerTest {

    private final ComputeHandler handler = new ComputeHandler(ConfigWith.nothing());

    @ParameterizedTest
    @CsvSource({
        "light,  light,  small,  500,  524288000,  10000000000",
        "small,  small,  small,  1000, 1073741824, 10000000000",
        "medium, medium, medium, 4000, 2147483648, 20000000000",
        "large,  large,  large,  8000, 8589934592, 40000000000"
    })
    void classesAreWorthWhatTheReferenceSays(
            String cpu, String ram, String storage, long cpuMillis, long memoryBytes, long storageBytes) {
        String json = "{'cpu': '%s', 'ram': '%s', 'storage': '%s'}".formatted(cpu, ram, storage);
        assertThat(perReplica(handler, json)).isEqualTo(new Resources(cpuMillis, memoryBytes, storageBytes, 0));
        assertThat(complaints(schema(handler), json)).isZero();
    }

    @Test
    void ramAndStorageAreSmallWhenNotNamed() {
        assertThat(perReplica(handler, "{'cpu': 'light'}"))
                .isEqualTo(new Resources(500, 1_073_741_824L, 10_000_000_000L, 0));
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "true, 1",
        "'''true''', 1",
        "'''True''', 1",
        "'''TRUE''', 1",
        "false, 0",
        "'''false''', 0",
        "'''False''', 0"
    })
    void gpuFlagMeansTheSameAsBooleanAndAsText(String flag, long gpus) {
        String json = "{'cpu': 'small', 'gpu': {'enabled': %s}}".formatted(flag);
        assertThat(perReplica(handler, json).gpus()).isEqualTo(gpus);
        assertThat(complaints(schema(handler), json)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "null", "'yes'", "''", "'true '", "[]"})
    void anythingElseIsNoGpuFlag(String flag) {
        String json = "{'cpu': 'small', 'gpu': {'enabled': %s}}".formatted(flag);
        assertThat(complaints(schema(handler), json)).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perReplica(handler, json))
                .withMessageContaining("/hdaGraph/services/1/deployment/intent/compute/gpu/enabled");
    }

    @Test
    void storageHasNoClassLight_D26() {
        String json = "{'cpu': 'light', 'ram': 'light', 'storage': 'light'}";
        assertThat(complaints(schema(handler), json)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perReplica(handler, json))
                .withMessage("/hdaGraph/services/1/deployment/intent/compute/storage:"
                        + " class 'light' does not exist, expected one of [small, medium, large]");
    }

    @Test
    void storageGetsAClassLightByConfigurationAlone_D26() {
        ComputeHandler configured =
                new ComputeHandler(ConfigWith.property("storageClasses", "light=1GB", "small=10GB"));
        String json = "{'cpu': 'light', 'storage': 'light'}";
        assertThat(complaints(schema(configured), json)).isZero();
        assertThat(perReplica(configured, json).storageBytes()).isEqualTo(1_000_000_000L);
    }

    @Test
    void newClassIsUsableWithoutCode_R020() {
        String json = "{'cpu': 'huge'}";
        assertThat(complaints(schema(handler), json)).isPositive();
        ComputeHandler configured = new ComputeHandler(ConfigWith.property("cpuClasses", "small=1", "huge = 64"));
        assertThat(complaints(schema(configured), json)).isZero();
        assertThat(perReplica(configured, json).cpuMillis()).isEqualTo(64_000);
    }

    @Test
    void schemaListsTheConfiguredClasses() {
        assertThat(schema(handler).toJson())
                .contains("\"enum\":[\"light\",\"small\",\"medium\",\"large\"]")
                .contains("\"enum\":[\"small\",\"medium\",\"large\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'ram': 'small'}",
                "{'cpu': 2}",
                "{'cpu': -1}",
                "{'cpu': 'Small'}",
                "{'cpu': 'small', 'cpus': 'small'}",
                "{'cpu': 'small', 'gpu': {'enabled': true, 'count': 2}}",
                "'small'",
                "[]"
            })
    void schemaRefusesWhatIsNotCompute(String json) {
        assertThat(complaints(schema(handler), json)).isPositive();
    }

    @Test
    void extensionMembersAreLeftAlone() {
        String json = "{'cpu': 'small', 'x-note': {'any': 1}, 'gpu': {'enabled': false, 'x-model': 'a'}}";
        assertThat(complaints(schema(handler), json)).isZero();
        assertThat(perReplica(handler, json).cpuMillis()).isEqualTo(1000);
    }

    @Test
    void missingCpuIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perReplica(handler, "{'ram': 'small'}"))
                .withMessageStartingWith("/hdaGraph/services/1/deployment/intent/compute: cpu is missing");
    }

    @Test
    void theIntentAppliesToAService() {
        assertThat(handler.scopes("compute")).containsExactly(Scope.SERVICE);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> handler.apply(graphIntent("compute", "{'cpu': 'small'}"), new RecordingRequirements()));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "cpuClasses,     small,                'small' is not name=quantity",
        "cpuClasses,     =1,                   '=1' is not name=quantity",
        "ramClasses,     small=much,           class 'small': 'much' is not a quantity",
        "storageClasses, small=-1,             class 'small': '-1' is not a quantity",
        "ramClasses,     small=1Gi|small=2Gi,  class 'small' occurs twice",
        "cpuClasses,     '',                   no class is configured"
    })
    void malformedConfigurationNamesItsKey(String key, String entries, String message) {
        String[] values = entries.isEmpty() ? new String[0] : entries.split("\\|", -1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComputeHandler(ConfigWith.property(key, values)))
                .withMessageStartingWith("Configuration " + key + ": ")
                .withMessageContaining(message.replace("''", "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaultRam", "defaultStorage"})
    void defaultClassMustExist(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComputeHandler(ConfigWith.properties(java.util.Map.of(key, "tiny"))))
                .withMessageStartingWith("Configuration " + key + ": class 'tiny' does not exist");
    }

    private static JsonObject schema(ComputeHandler handler) {
        return handler.schema("compute", Scope.SERVICE);
    }

    private static Resources perReplica(ComputeHandler handler, String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        handler.apply(serviceIntent("compute", "filter", json), requirements);
        assertThat(requirements.calls()).containsExactly("resources filter");
        return requirements.resources().get("filter");
    }

    private static int complaints(JsonObject schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toJson())
                .validate(SampleJson.value(json).toJson(), InputFormat.JSON)
                .size();
    }
}
