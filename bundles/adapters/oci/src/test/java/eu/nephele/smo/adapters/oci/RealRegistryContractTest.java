// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.CHART_LAYER;
import static eu.nephele.smo.adapters.oci.FakeRegistry.HELM;
import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.lab.testkit.ArtifactRepositoryContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of artifact repositories, with a real registry. */
@Timeout(60)
class RealRegistryContractTest extends ArtifactRepositoryContract {

    @TempDir
    Path directory;

    private DockerRegistry registry;
    private OciArtifacts artifacts;

    @BeforeEach
    void start() throws Exception {
        registry = DockerRegistry.start(directory, "");
        registry.push("demo/g:1", "", "application/json", new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), ""));
        registry.push("demo/web:2.0.0", "", HELM, new Layer(CHART_LAYER, Tars.chart("web", "2.0.0"), ""));
        artifacts = new Sut(directory.resolve("cache")).plain(registry.host()).open();
    }

    @AfterEach
    void end() {
        if (artifacts != null) {
            artifacts.close();
            registry.close();
        }
    }

    @Override
    protected ArtifactRepository adapter() {
        return artifacts;
    }

    @Override
    protected String descriptor() {
        return reference("g:1");
    }

    @Override
    protected String missing() {
        return reference("g:2");
    }

    @Override
    protected Optional<String> chart() {
        return Optional.of(reference("web:2.0.0"));
    }

    @Override
    protected void breakTheSystem() {
        registry.kill();
    }

    private String reference(String path) {
        return "oci://" + registry.host() + "/demo/" + path;
    }
}
