// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Charts that take what their pods ask for, and charts that do not. */
class ChartRequestsTest {

    private static final JsonObject CONTAINER = JsonObject.EMPTY.with("limits", text("cpu", "2"));

    private static JsonObject text(String name, String value) {
        return JsonObject.EMPTY.with(name, new JsonString(value));
    }

    private static JsonObject resources(JsonObject own) {
        return JsonObject.EMPTY.with("resources", own);
    }

    private static Artifact artifact(String implementer, JsonObject values) {
        return new Artifact("oci://registry.example/web:1", "App", implementer, "HELM", values);
    }

    private static ChartRequests read(JsonObject defaults) {
        return ChartRequests.read(artifact("HELM", JsonObject.EMPTY), defaults);
    }

    @Test
    void aChartAsHelmCreateMakesItTakesThem() {
        ChartRequests chart = read(resources(JsonObject.EMPTY));
        assertThat(chart.isTaken()).isTrue();
        assertThat(chart.value()).isEqualTo("resources.requests");
        assertThat(chart.limits()).isEmpty();
        JsonObject before = text("word", "kept").with("resources", JsonObject.EMPTY.with("requests", text("cpu", "3")));
        assertThat(chart.with(before, Map.of(ComputeResource.CPU, 0.5)).toJson())
                .isEqualTo("{\"word\":\"kept\",\"resources\":{\"requests\":{\"cpu\":\"500m\"}}}");
        assertThat(chart.with(
                                JsonObject.EMPTY,
                                Map.of(ComputeResource.MEMORY, 512.0 * (1 << 20), ComputeResource.CPU, 2.0))
                        .toJson())
                .isEqualTo("{\"resources\":{\"requests\":{\"cpu\":\"2000m\",\"memory\":\"512Mi\"}}}");
    }

    @Test
    void withoutSuchAValueItSaysWhatToAdd() {
        JsonObject volume = resources(JsonObject.EMPTY.with("requests", text("storage", "8Gi")));
        ChartRequests chart = read(text("word", "none").with("persistence", volume));
        assertThat(chart.isTaken()).isFalse();
        assertThat(chart.obstacle()).contains("registry.example/web:1 has no value 'resources'", "add 'resources: {}'");
    }

    @Test
    void theOnlySubChartWithOneIsMeant() {
        ChartRequests chart =
                read(JsonObject.EMPTY.with("web", resources(CONTAINER)).with("word", new JsonString("x")));
        assertThat(chart.value()).isEqualTo("web.resources.requests");
        assertThat(chart.limits()).containsEntry(ComputeResource.CPU, 2.0);
        ChartRequests two =
                read(JsonObject.EMPTY.with("web", resources(CONTAINER)).with("db", resources(CONTAINER)));
        assertThat(two.isTaken()).isFalse();
        assertThat(two.obstacle()).contains("db.resources, web.resources");
    }

    @Test
    void aWebOfThingsChartHasThemWithItsOtherValues() {
        Artifact thing = artifact("WOT", JsonObject.EMPTY);
        ChartRequests chart =
                ChartRequests.read(thing, JsonObject.EMPTY.with("voChartOverwrite", resources(JsonObject.EMPTY)));
        assertThat(chart.value()).isEqualTo("voChartOverwrite.resources.requests");
        assertThat(ChartRequests.read(thing, resources(JsonObject.EMPTY)).isTaken())
                .isFalse();
    }

    @Test
    void theLimitOfTheDescriptorComesBeforeThatOfTheChart() {
        Artifact own = artifact("HELM", resources(JsonObject.EMPTY.with("limits", text("cpu", "1500m"))));
        assertThat(ChartRequests.read(own, resources(CONTAINER)).limits()).containsEntry(ComputeResource.CPU, 1.5);
    }

    @Test
    void aValueOfADescriptorIsFoundWhereverItIs() {
        JsonObject requests = resources(JsonObject.EMPTY.with("requests", text("memory", "1Gi")));
        assertThat(ChartRequests.isSet(artifact("HELM", requests), ComputeResource.MEMORY))
                .isTrue();
        assertThat(ChartRequests.isSet(artifact("HELM", requests), ComputeResource.CPU))
                .isFalse();
        assertThat(ChartRequests.isSet(
                        artifact("HELM", JsonObject.EMPTY.with("web", requests)), ComputeResource.MEMORY))
                .isTrue();
    }
}
