// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The charts of the Brussels demo, by Helm itself, as a cluster without Karmada gets them. */
class ChartsTest {

    private static final Path CHARTS = Path.of("../../../examples/brussels/charts");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"noise-reduction", "image-detection", "image-compression-vo"})
    void helmFindsNothingWrong(String chart) {
        LintResult result = new Helm(CHARTS.resolve(chart)).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"noise-reduction,1,1Gi", "image-detection,1,1Gi", "image-compression-vo,500m,500Mi"})
    void aServiceAsksForWhatItsDescriptorSays(String chart, String cpu, String memory) throws IOException {
        Map<String, JsonNode> objects = render(chart, "{}");

        JsonNode deployment = objects.getOrDefault("Deployment", new YAMLMapper().missingNode());
        assertThat(deployment.at("/metadata/name").asText()).isEqualTo("here");
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        JsonNode requests = deployment.at("/spec/template/spec/containers/0/resources/requests");
        assertThat(requests.path("cpu").asText()).isEqualTo(cpu);
        assertThat(requests.path("memory").asText()).isEqualTo(memory);
        assertThat(objects).containsKey("Service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise-reduction", "image-detection", "image-compression-vo"})
    void withoutKarmadaThereAreNoPolicies(String chart) throws IOException {
        String values = "{clustersAffinity: [c1], serviceImportClusters: [c2], replicas: 3}";
        boolean virtualObject = chart.endsWith("-vo");

        Map<String, JsonNode> objects = render(chart, virtualObject ? "{voChartOverwrite: " + values + "}" : values);

        assertThat(objects.keySet()).isSubsetOf("Deployment", "Service", "ConfigMap");
        assertThat(objects.getOrDefault("Deployment", new YAMLMapper().missingNode())
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);
    }

    private Map<String, JsonNode> render(String chart, String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        String manifest = new Helm(CHARTS.resolve(chart))
                .template()
                .withName("here")
                .withNamespace("brussels")
                .withValuesFile(file)
                .call();
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(yaml.getFactory().createParser(manifest))) {
            while (documents.hasNext()) {
                JsonNode object = documents.next();
                objects.put(object.path("kind").asText(), object);
            }
        }
        return objects;
    }
}
