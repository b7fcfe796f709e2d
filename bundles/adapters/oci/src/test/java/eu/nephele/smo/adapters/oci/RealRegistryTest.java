// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.CHART_LAYER;
import static eu.nephele.smo.adapters.oci.FakeRegistry.HELM;
import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RealRegistryTest {

    /** ada with the password pa55word. */
    private static final String HTPASSWD = "ada:$2b$04$DwYQ8XFqgIBYqu73UTfBC..Mbsti6hSRD4gUjTzzSSARywrPSwevG\n";

    private static final String CONFIG = "application/vnd.example.config.v1+json";

    @TempDir
    Path directory;

    @Test
    void descriptorsAndChartsAreFetchedFromARealRegistry() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory, "")) {
            String host = registry.host();
            Layer old = new Layer(TAR_LAYER, Tars.hdag("brussels", Tars.graph("old")), "");
            Layer graph = new Layer(TAR_LAYER, Tars.hdag("brussels", Tars.graph("brussels")), "");
            Layer chart = new Layer(CHART_LAYER, Tars.chart("web", "2.0.0"), "");
            registry.push("demo/brussels:1.9.0", "", CONFIG, old);
            Digest digest = registry.push("demo/brussels:1.10.0", "", CONFIG, graph);
            registry.push("demo/brussels:2.0.0-rc.1", "", CONFIG, old);
            registry.push("demo/web:2.0.0", "", HELM, chart);
            OciArtifacts artifacts =
                    new Sut(directory.resolve("cache")).plain(host).open();

            var highest = artifacts.descriptor("oci://" + host + "/demo/brussels");
            assertThat(highest.digest()).isEqualTo(digest.toString());
            assertThat(artifacts.descriptor("http://" + host + "/demo/brussels:1.10.0"))
                    .isEqualTo(highest);
            assertThat(artifacts.descriptor("oci://" + host + "/demo/brussels@" + digest))
                    .isEqualTo(highest);
            var fetched = artifacts.chart("oci://" + host + "/demo/web:2.0.0");
            assertThat(fetched.version()).isEqualTo("2.0.0");
            assertThat(Files.readAllBytes(fetched.file())).isEqualTo(chart.content());
            Expect.failure(Kind.NOT_FOUND, () -> artifacts.descriptor("oci://" + host + "/demo/brussels:3"))
                    .withMessageContaining("demo/brussels:3");
            Expect.failure(Kind.NOT_FOUND, () -> artifacts.descriptor("oci://" + host + "/demo/none"));

            registry.kill();
            assertThat(artifacts.descriptor("oci://" + host + "/demo/brussels")).isEqualTo(highest);
            artifacts.close();
        }
    }

    @Test
    void aRealRegistryLetsInWhoHasThePassword() throws Exception {
        Path users = Files.writeString(directory.resolve("users"), HTPASSWD);
        String auth = "auth: {htpasswd: {realm: test, path: \"%s\"}}\n".formatted(users);
        try (DockerRegistry registry = DockerRegistry.start(directory, auth)) {
            Layer graph = new Layer(TAR_LAYER, Tars.hdag("brussels", Tars.graph("brussels")), "");
            Digest digest = registry.push("demo/brussels:1.0.0", "ada:pa55word", CONFIG, graph);
            String reference = "oci://" + registry.host() + "/demo/brussels:1.0.0";
            Sut sut = new Sut(directory.resolve("cache")).plain(registry.host());

            OciArtifacts nobody = sut.open();
            Expect.failure(Kind.REFUSED, () -> nobody.descriptor(reference)).withMessageContaining("credentials");
            nobody.close();
            sut.logins = List.of(Login.parse(registry.host() + "=ada:env:PASSWORD"));
            sut.secrets = Map.of("env:PASSWORD", "wrong");
            OciArtifacts wrong = sut.open();
            Expect.failure(Kind.REFUSED, () -> wrong.descriptor(reference)).withMessageContaining("401");
            wrong.close();
            sut.secrets = Map.of("env:PASSWORD", "pa55word");
            OciArtifacts right = sut.open();
            assertThat(right.descriptor(reference).digest()).isEqualTo(digest.toString());
            right.close();
        }
    }
}
