// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.CHART_LAYER;
import static eu.nephele.smo.adapters.oci.FakeRegistry.HELM;
import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of an artifact. */
class ContentsTest {

    private static final String OTHER = "application/vnd.example.config.v1+json";
    private static final String GRAPH = Tars.graph("brussels");

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private OciArtifacts artifacts;

    @BeforeEach
    void open() {
        artifacts = new Sut(directory).plain(registry.host()).open();
    }

    @AfterEach
    void close() {
        artifacts.close();
        registry.close();
    }

    @Test
    void theLayoutOfHdarctlIsRead() {
        Digest digest = registry.artifact("team/brussels", "1.0.0", OTHER, layer(Tars.hdag("brussels", GRAPH)));

        var fetched = artifacts.descriptor(registry.reference("team/brussels:1.0.0"));

        assertThat(fetched.content()).isEqualTo(GRAPH);
        assertThat(fetched.digest()).isEqualTo(digest.toString());
        assertThat(artifacts.descriptor("http://" + registry.host() + "/team/brussels:1.0.0"))
                .isEqualTo(fetched);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/vnd.oci.image.layer.v1.tar",
                "application/vnd.oci.image.layer.v1.tar+gzip",
                "application/x.example.tar.gzip",
            })
    void aSingleFileIsReadWhateverItsMediaTypeSays(String mediaType) {
        registry.artifact("a/b", "1", OTHER, new Layer(mediaType, bytes("\uFEFF" + GRAPH), "graph.yaml"));
        registry.artifact("a/c", "1", OTHER, new Layer(mediaType, Tars.gzip(bytes(GRAPH)), ""));
        registry.artifact(
                "a/d",
                "1",
                OTHER,
                new Layer(mediaType, new Tars().file("x.yml", GRAPH).plain(), "x"));

        assertThat(descriptor("a/b:1")).isEqualTo(GRAPH);
        assertThat(descriptor("a/c:1")).isEqualTo(GRAPH);
        assertThat(descriptor("a/d:1")).isEqualTo(GRAPH);
    }

    @Test
    void otherFilesBesideTheDescriptorDoNotMatter() {
        byte[] tar = new Tars()
                .file("g/README.md", "hdaGraph: not here")
                .file("g/values.yaml", "a:\n  hdaGraph: nested\n")
                .file("g/graph.json", "{\n  \"a\": 1,\n  \"hdaGraph\": {}\n}")
                .gzipped();
        registry.artifact("a/b", "1", OTHER, layer(tar));

        assertThat(descriptor("a/b:1")).contains("\"hdaGraph\"");
    }

    @Test
    void twoDescriptorsAreRefusedWithTheirNames() {
        byte[] tar =
                new Tars().file("g/one.yaml", GRAPH).file("g/two.yml", GRAPH).gzipped();
        registry.artifact("a/b", "1", OTHER, layer(tar));

        refused("a/b:1").withMessageContaining("g/one.yaml").withMessageContaining("g/two.yml");
    }

    @Test
    void noDescriptorIsRefusedWithWhatThereIs() {
        registry.artifact(
                "a/b",
                "1",
                OTHER,
                layer(new Tars().file("g/values.yaml", "a: 1").gzipped()));
        registry.artifact("a/c", "1", OTHER);

        refused("a/b:1").withMessageContaining("g/values.yaml").withMessageContaining(OTHER);
        refused("a/c:1").withMessageContaining("no files");
    }

    @Test
    void aChartIsNoDescriptorAndADescriptorNoChart() {
        registry.artifact("a/chart", "1", HELM, new Layer(CHART_LAYER, Tars.chart("web", "1.0.0"), ""));
        registry.artifact("a/raw", "1", OTHER, layer(Tars.chart("web", "1.0.0")));
        registry.artifact("a/graph", "1", OTHER, layer(Tars.hdag("g", GRAPH)));

        refused("a/chart:1").withMessageContaining("is a Helm chart");
        refused("a/raw:1").withMessageContaining("is a Helm chart");
        Expect.failure(Kind.REFUSED, () -> artifacts.chart(registry.reference("a/graph:1")))
                .withMessageContaining("is of the type " + OTHER);
    }

    @Test
    void aChartComesAsAFileWithItsNameAndVersion() throws Exception {
        byte[] chart = Tars.chart("web", "1.2.3+build.1");
        registry.artifact("a/web", "1.2.3_build.1", HELM, new Layer(CHART_LAYER, chart, ""));

        FetchedChart fetched = artifacts.chart(registry.reference("a/web:1.2.3_build.1"));

        assertThat(fetched.name()).isEqualTo("web");
        assertThat(fetched.version()).isEqualTo("1.2.3+build.1");
        assertThat(fetched.digest()).isEqualTo(Digest.of(chart).toString());
        assertThat(Files.readAllBytes(fetched.file())).isEqualTo(chart);
        assertThat(fetched.file().toString()).endsWith(".tgz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: web", "version: 1", "[]", "a: b: c: [", ""})
    void aChartThatDoesNotSayWhatItIsIsRefused(String yaml) {
        byte[] tar = new Tars().file("web/Chart.yaml", yaml).gzipped();
        registry.artifact("a/web", "1", HELM, new Layer(CHART_LAYER, tar, ""));

        Expect.failure(Kind.REFUSED, () -> artifacts.chart(registry.reference("a/web:1")))
                .withMessageContaining("Chart.yaml");
    }

    @Test
    void chartsAreLookedThroughForWhatNobodyShouldUnpack() {
        byte[] traversal =
                new Tars().file("web/Chart.yaml", "name: a").file("../up", "x").gzipped();
        byte[] link = new Tars().link("web/Chart.yaml", "/etc/passwd").gzipped();
        byte[] bomb = new Tars()
                .file("w/a", new byte[400_000])
                .file("w/b", new byte[400_000])
                .file("w/c", new byte[400_000])
                .file("w/d", new byte[400_000])
                .file("w/e", new byte[400_000])
                .gzipped();
        registry.artifact("a/traversal", "1", HELM, new Layer(CHART_LAYER, traversal, ""));
        registry.artifact("a/link", "1", HELM, new Layer(CHART_LAYER, link, ""));
        registry.artifact("a/bomb", "1", HELM, new Layer(CHART_LAYER, bomb, ""));

        for (String name : new String[] {"traversal", "link", "bomb"}) {
            Expect.failure(Kind.REFUSED, () -> artifacts.chart(registry.reference("a/" + name + ":1")))
                    .withMessageContaining("a/" + name);
        }
    }

    @Test
    void unpackingEndsAtTheLimitAlsoInOneStream() {
        registry.artifact("a/b", "1", OTHER, new Layer("application/gzip", Tars.gzip(new byte[5_000_000]), "x.bin"));
        registry.artifact("a/c", "1", OTHER, new Layer("application/gzip", Tars.gzip(new byte[600_000]), "x.yaml"));

        refused("a/c:1").withMessageContaining("maxFileMiB");
        // files without the name of a descriptor are not unpacked at all
        refused("a/b:1").withMessageContaining("x.bin");
    }

    @Test
    void damagedArchivesAndTextsAreRefused() {
        byte[] tar = Tars.hdag("g", GRAPH);
        byte[] cut = Arrays.copyOf(tar, tar.length - 20);
        registry.artifact("a/cut", "1", OTHER, layer(cut));
        registry.artifact("a/latin", "1", OTHER, new Layer("text/yaml", new byte[] {'a', (byte) 0xe9, 'b'}, "g.yaml"));

        refused("a/cut:1").withMessageContaining("damaged");
        refused("a/latin:1").withMessageContaining("UTF-8");
    }

    @Test
    void anIndexOfSeveralArtifactsIsRefused() {
        registry.manifest("a/b", "1", "{\"schemaVersion\":2,\"manifests\":[]}");

        refused("a/b:1").withMessageContaining("index");
    }

    @Test
    void theHighestVersionIsTakenWhereNoTagIsSaid() {
        registry.artifact("a/b", "1.10.0", OTHER, layer(Tars.hdag("g", GRAPH)));
        registry.on("/v2/a/b/tags/list", (asked, out) -> {
            boolean second = asked.path().contains("last=");
            byte[] tags = bytes(
                    second
                            ? "{\"name\":\"a/b\",\"tags\":[\"1.10.0\",\"2.0.0-rc.1\"]}"
                            : "{\"name\":\"a/b\",\"tags\":[\"1.9.0\",\"latest\"]}");
            String next = second ? "X-Last: yes" : "Link: </v2/a/b/tags/list?last=latest&n=2>; rel=\"next\"";
            FakeRegistry.content(200, "application/json", tags, next).write(asked, out);
        });

        assertThat(descriptor("a/b")).isEqualTo(GRAPH);
    }

    @Test
    void latestIsTakenWhereNoTagIsAVersion() {
        registry.artifact("a/b", "latest", OTHER, layer(Tars.hdag("g", GRAPH)));
        registry.on(
                "/v2/a/b/tags/list",
                FakeRegistry.content(200, "application/json", bytes("{\"tags\":[\"main\",\"latest\"]}")));
        registry.on("/v2/a/c/tags/list", FakeRegistry.content(200, "application/json", bytes("{\"tags\":[\"main\"]}")));
        registry.on("/v2/a/d/tags/list", FakeRegistry.content(200, "application/json", bytes("{\"tags\":null}")));

        assertThat(descriptor("a/b")).isEqualTo(GRAPH);
        Expect.failure(Kind.NOT_FOUND, () -> descriptor("a/c")).withMessageContaining("it has main");
        Expect.failure(Kind.NOT_FOUND, () -> descriptor("a/d")).withMessageContaining("it has none");
    }

    private ThrowableAssertAlternative<AdapterException> refused(String path) {
        return Expect.failure(Kind.REFUSED, () -> descriptor(path));
    }

    private String descriptor(String path) {
        return artifacts.descriptor(registry.reference(path)).content();
    }

    private static Layer layer(byte[] content) {
        return new Layer(TAR_LAYER, content, "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
