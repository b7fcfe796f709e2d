// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a Grafana answers, dashboards are there or the failure says that it is Grafana's. */
class GrafanaFuzzTest {

    private static final Graph SHOP = Samples.graph("brussels", "shop", "cart");
    private static FakeGrafana grafana;
    private static GrafanaPublisher publisher;

    @BeforeContainer
    static void open() throws IOException {
        grafana = new FakeGrafana();
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        systems.addSecrets(reference -> Optional.of("key"), Map.of("smo.secret.scheme", "test"));
        publisher = new GrafanaPublisher(systems, Configured.with(Map.of("url", grafana.url())));
    }

    @AfterContainer
    static void close() {
        publisher.end();
        grafana.close();
    }

    @Provide
    static Arbitrary<HostileBytes> answers() {
        return HostileBytes.editedTexts(Map.of(
                "search",
                        "[{\"uid\":\"u\",\"title\":\"t\",\"tags\":[\"smo\",\"a\"],\"folderUid\":\"f\",\"type\":\"dash-db\"}]",
                "folder", "{\"uid\":\"f\",\"title\":\"brussels\",\"version\":1}",
                "dashboard",
                        "{\"dashboard\":{\"uid\":\"u\",\"version\":3,\"tags\":[\"smo\"],\"panels\":[]},\"meta\":{\"folderUid\":\"f\"}}",
                "saved", "{\"uid\":\"u\",\"url\":\"/d/u/t\",\"status\":\"success\",\"version\":2}",
                "refused", "{\"message\":\"no\",\"status\":\"version-mismatch\"}"));
    }

    @Provide
    static Arbitrary<Integer> statuses() {
        return Arbitraries.of(200, 200, 200, 201, 204, 301, 400, 404, 409, 412, 500);
    }

    @FuzzTarget
    void answersOfGrafana(
            @ForAll("answers") HostileBytes one,
            @ForAll("statuses") int status,
            @ForAll("answers") HostileBytes other) {
        for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
            grafana.answers(method, "/", status, (method.equals("GET") ? one : other).text());
        }
        outcome(() -> publisher.ensureGraph(SHOP));
        outcome(() -> publisher.ensureCluster(new ClusterId("karmada", "edge-1")));
        outcome(() -> publisher.removeGraph(new GraphId("brussels", "shop")));
    }

    private static void outcome(Runnable call) {
        try {
            call.run();
        } catch (AdapterException failure) {
            assertThat(failure.system()).isEqualTo("grafana");
            assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(3_000).doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
