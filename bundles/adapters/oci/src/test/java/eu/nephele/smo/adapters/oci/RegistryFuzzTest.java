// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.JsonEdit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever a registry sends is a descriptor, a chart, or a failure that says which artifact; nothing is left beside the cache. */
class RegistryFuzzTest {

    private static final String PATH = "team/graph";
    private static final Layer GRAPH = new Layer(FakeRegistry.TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "g.tar.gz");
    private static final Layer CHART = new Layer(FakeRegistry.CHART_LAYER, Tars.chart("c", "1.0.0"), "");

    @Provide
    static Arbitrary<HostileBytes> layers() {
        byte[] chart = new Tars()
                .file("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
                .file("c/" + "n".repeat(120) + ".yaml", "replicas: 1\n")
                .plain();
        byte[] gnu =
                new Tars().gnu().file("g/" + "n".repeat(120), Tars.graph("g")).plain();
        byte[] linked = new Tars()
                .folder("g")
                .file("g/g.yaml", Tars.graph("g"))
                .link("g/l", "/etc/passwd")
                .plain();
        return HostileBytes.edited(Map.of(
                "graph.tar",
                        new Tars().folder("g").file("g/g.yaml", Tars.graph("g")).plain(),
                "graph.tar.gz", GRAPH.content(),
                "chart.tar", chart,
                "chart.tar.gz", CHART.content(),
                "gnu.tar", gnu,
                "linked.tar", linked,
                "graph.yaml", Tars.graph("g").getBytes(UTF_8),
                "zeros.gz", Tars.gzip(new byte[3_000_000])));
    }

    @Provide
    static Arbitrary<JsonValue> manifests() {
        return JsonEdit.edited(Stream.of(
                        FakeRegistry.manifest("application/vnd.example.config.v1+json", GRAPH),
                        FakeRegistry.manifest(FakeRegistry.HELM, CHART),
                        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:00\",\"size\":1}]}")
                .map(SampleJson::strict)
                .toList());
    }

    /** Whole answers, byte for byte. */
    @Provide
    static Arbitrary<HostileBytes> answers() {
        String manifest = FakeRegistry.manifest(FakeRegistry.HELM, CHART);
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + FakeRegistry.MANIFEST
                + "\r\nDocker-Content-Digest: " + Digest.of(manifest.getBytes(UTF_8)) + "\r\n";
        return HostileBytes.edited(Map.of(
                "plain", (head + "Content-Length: " + manifest.length() + "\r\n\r\n" + manifest).getBytes(ISO_8859_1),
                "chunked",
                        (head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(manifest.length()) + "\r\n"
                                        + manifest + "\r\n0\r\n\r\n")
                                .getBytes(ISO_8859_1),
                "login",
                        ("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\nWWW-Authenticate: Bearer"
                                        + " realm=\"http://127.0.0.1:1/token\",service=\"s\",scope=\"repository:a:pull\"\r\n\r\n")
                                .getBytes(ISO_8859_1),
                "busy",
                        "HTTP/1.1 429 Busy\r\nConnection: close\r\nRetry-After: 3\r\nContent-Length: 2\r\n\r\n{}"
                                .getBytes(ISO_8859_1),
                "elsewhere",
                        "HTTP/1.1 307 Else\r\nConnection: close\r\nLocation: /v2/x\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(ISO_8859_1)));
    }

    @FuzzTarget
    void layersOfArtifacts(@ForAll("layers") HostileBytes layer) throws IOException {
        boolean chart = layer.sample().startsWith("chart");
        fetched(registry -> registry.artifact(
                PATH,
                "1",
                chart ? FakeRegistry.HELM : "application/vnd.example.config.v1+json",
                new Layer(chart ? FakeRegistry.CHART_LAYER : FakeRegistry.TAR_LAYER, layer.bytes(), "l")));
    }

    @FuzzTarget
    void manifestsOfArtifacts(@ForAll("manifests") JsonValue manifest) throws IOException {
        fetched(registry -> {
            registry.artifact(PATH, "0", FakeRegistry.HELM, GRAPH, CHART);
            registry.manifest(PATH, "1", manifest.toJson());
        });
    }

    @FuzzTarget
    void answersOfRegistries(@ForAll("answers") HostileBytes answer) throws IOException {
        fetched(registry -> registry.on("*", (asked, out) -> out.write(answer.bytes())));
    }

    private static void fetched(Consumer<FakeRegistry> content) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        try (FakeRegistry registry = new FakeRegistry()) {
            content.accept(registry);
            Sut sut = new Sut(folder).plain(registry.host());
            // an edited address is anybody's
            sut.proxy = Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
            sut.noProxy = Set.of("127.0.0.1");
            sut.timeout = Duration.ofSeconds(2);
            sut.answerTimeout = Duration.ofSeconds(1);
            OciArtifacts artifacts = sut.open();
            try {
                outcome(() ->
                        artifacts.descriptor(registry.reference(PATH + ":1")).content());
                outcome(() -> artifacts.chart(registry.reference(PATH + ":1")).digest());
            } finally {
                artifacts.close();
            }
        } finally {
            delete(folder);
        }
    }

    private interface Fetch {
        String call();
    }

    private static void outcome(Fetch fetch) {
        try {
            assertThat(fetch.call()).isNotEmpty();
        } catch (AdapterException failure) {
            assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(3_000);
            assertThat(failure.system()).isNotBlank();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
