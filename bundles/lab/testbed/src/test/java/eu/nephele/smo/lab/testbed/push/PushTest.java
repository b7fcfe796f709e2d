// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.testbed.Needs;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testbed.components.Registry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Brussels demo in a real registry. */
class PushTest {

    private static final Path BRUSSELS = Path.of("../../../examples/brussels");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Processes processes;
    private static Registry registry;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry");
        processes = new Processes(folder);
        registry = Registry.start(folder.resolve("registry"), Binaries.ofThisMachine(), processes);
    }

    @AfterAll
    static void stop() throws IOException {
        if (processes != null) {
            processes.close();
        }
    }

    @Test
    void aChartIsWhatHelmPushes() throws Exception {
        String line = push(BRUSSELS.resolve("charts/noise-reduction"));

        HttpResponse<byte[]> answer = get("brussels/noise-reduction/manifests/1.0.0");
        String digest = RegistryPush.digest(answer.body());
        assertThat(line).isEqualTo("oci://%s/brussels/noise-reduction:1.0.0 %s".formatted(registry.host(), digest));
        assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(digest);
        JsonNode manifest = new JsonMapper().readTree(answer.body());
        assertThat(manifest.at("/config/mediaType").asText()).isEqualTo("application/vnd.cncf.helm.config.v1+json");
        assertThat(manifest.at("/layers/0/mediaType").asText())
                .isEqualTo("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
        JsonNode config = new JsonMapper().readTree(blob("noise-reduction", manifest.at("/config")));
        assertThat(config.path("name").asText()).isEqualTo("noise-reduction");
        assertThat(config.path("version").asText()).isEqualTo("1.0.0");
        assertThat(untar(blob("noise-reduction", manifest.at("/layers/0"))))
                .contains("noise-reduction/Chart.yaml", "noise-reduction/values.yaml")
                .contains("noise-reduction/templates/deployment.yaml");
    }

    @Test
    void aDescriptorIsWhatHdarctlPushesAndNamesChartsInThisRegistry() throws Exception {
        push(BRUSSELS.resolve("hdag.yaml"));

        JsonNode manifest = new JsonMapper()
                .readTree(get("brussels/brussels-demo/manifests/1.0.0").body());
        byte[] layer = blob("brussels-demo", manifest.at("/layers/0"));
        assertThat(manifest.at("/layers/0/mediaType").asText()).endsWith("tar+gzip");
        assertThat(untar(layer)).containsExactly("brussels-demo/hdag.yaml");
        assertThat(Files.readString(folder.resolve("out/brussels-demo/hdag.yaml")))
                .contains("oci://" + registry.host() + "/brussels/noise-reduction:1.0.0")
                .doesNotContain("registry.example");
    }

    @Test
    void theSameSourceHasTheSameDigest() throws Exception {
        assertThat(push(BRUSSELS.resolve("charts/image-compression-vo")))
                .isEqualTo(push(BRUSSELS.resolve("charts/image-compression-vo")));
    }

    @Test
    void whatIsNeitherChartNorDescriptorIsNotPushed() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path other = Files.writeString(folder.resolve("other.yaml"), "kind: Pod");

        assertThatThrownBy(() -> push(empty))
                .hasMessageContaining("is neither a chart nor a folder with one descriptor: found []");
        assertThatThrownBy(() -> push(other)).hasMessageContaining("has no hdaGraph");
        assertThatThrownBy(() -> PushOptions.parse(List.of("http://x", "brussels", ".")))
                .hasMessageContaining("expected HOST:PORT");
        assertThatThrownBy(() -> PushOptions.parse(List.of("x:1"))).hasMessageContaining("Usage");
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() throws Exception {
        String nobody = "127.0.0.1:" + FreePorts.free(1).get(0);

        assertThatThrownBy(() -> new PushOptions(nobody, "p", List.of(BRUSSELS.resolve("hdag.yaml"))).push())
                .hasMessageContaining("Registry at http://" + nobody)
                .hasMessageContaining("does not answer");
    }

    private static String push(Path source) throws IOException, InterruptedException {
        return PushOptions.parse(List.of(registry.host(), "brussels", source.toString()))
                .push()
                .get(0);
    }

    private static byte[] blob(String name, JsonNode descriptor) throws IOException, InterruptedException {
        String digest = descriptor.path("digest").asText();
        byte[] content = get("brussels/" + name + "/blobs/" + digest).body();
        assertThat(RegistryPush.digest(content)).isEqualTo(digest);
        assertThat(content).hasSize(descriptor.path("size").asInt());
        return content;
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(registry.url().resolve("/v2/" + path))
                .header("Accept", RegistryPush.MANIFEST)
                .build();
        HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    /** Reads with the tar of this machine, which is independent of our writer. */
    private static List<String> untar(byte[] packed) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("layer.tar.gz"), packed);
        Path out = Files.createDirectories(folder.resolve("out"));
        Process tar = new ProcessBuilder("tar", "xvzf", file.toString(), "-C", out.toString())
                .redirectErrorStream(true)
                .start();
        List<String> names;
        try (Stream<String> lines = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
            names = lines.toList();
        }
        assertThat(tar.waitFor()).isZero();
        return names;
    }
}
