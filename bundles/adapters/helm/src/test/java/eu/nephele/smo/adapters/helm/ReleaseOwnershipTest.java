// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Ownership marks, written to a release and read from it. */
class ReleaseOwnershipTest {

    private static final List<String> NAMES = List.of("replicas", "replicaCount");

    private final HelmJson json = new HelmJson();

    @Test
    void theDescriptionTellsAllAgain() {
        HelmValues values = HelmValues.create(request("HELM", "{}"), Bench.values("{\"replicas\": 1}"), NAMES);
        ReleaseOwnership releaseOwnership = ReleaseOwnership.create(request("HELM", "{}"), "sha256:abc", values);

        assertThat(ReleaseOwnership.parse(releaseOwnership.text(), json)).contains(releaseOwnership);
        assertThat(ReleaseOwnership.parse("Upgrade complete", json)).isEmpty();
        assertThat(ReleaseOwnership.parse("smo {\"owner\": 1}", json)).isEmpty();
        assertThat(ReleaseOwnership.parse("smo {broken", json)).isEmpty();
    }

    @Property(tries = 300)
    void everyTextBecomesALabelThatKubernetesAllows(@ForAll String text) {
        String label = ReleaseLabels.value(text);

        assertThat(label).matches("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
        if (!label.equals(text)) {
            assertThat(label).endsWith(ReleaseLabels.digest(text).substring(0, 12));
        }
    }

    @Test
    void aLongLabelKeepsItsStart() {
        assertThat(ReleaseLabels.value("a".repeat(63))).isEqualTo("a".repeat(63));
        assertThat(ReleaseLabels.value("a".repeat(64)))
                .startsWith("a".repeat(50) + "-")
                .hasSize(63);
        assertThat(ReleaseLabels.value("my graph")).startsWith("mygraph-").hasSize(20);
    }

    @Test
    void replicasAreAddedWhereTheChartTakesThemAndNobodySetsThem() {
        JsonObject chart = Bench.values("{\"replicaCount\": 1}");
        assertThat(HelmValues.create(request("HELM", "{\"a\": 1}"), chart, NAMES)
                        .all())
                .isEqualTo(Bench.values("{\"a\": 1, \"replicaCount\": 3}"));
        assertThat(HelmValues.create(request("HELM", "{\"replicas\": 9}"), chart, NAMES)
                        .all())
                .isEqualTo(Bench.values("{\"replicas\": 9}"));
        assertThat(HelmValues.create(request("HELM", "{}"), JsonObject.EMPTY, NAMES)
                        .all())
                .isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void replicasOfThingsAreAddedInsideAndCanBeTakenOutAgain() {
        JsonObject asked = Bench.values("{\"voChartOverwrite\": {\"clustersAffinity\": [\"c1\"]}, \"b\": 1}");
        JsonObject chart = Bench.values("{\"voChartOverwrite\": {\"replicas\": 1}}");

        HelmValues values = HelmValues.create(request("WOT", asked.toJson()), chart, NAMES);

        assertThat(values.all())
                .isEqualTo(Bench.values(
                        "{\"voChartOverwrite\": {\"clustersAffinity\": [\"c1\"], \"replicas\": 3}, \"b\": 1}"));
        assertThat(HelmValues.without(values.all(), values.added())).isEqualTo(asked);
        assertThat(HelmValues.without(Bench.values("{\"voChartOverwrite\": {\"replicas\": 9}}"), values.added()))
                .isEqualTo(Bench.values("{\"voChartOverwrite\": {\"replicas\": 9}}"));
    }

    @Test
    void theDigestOfValuesIsThatOfWhatHelmTellsAgain() {
        assertThat(HelmValues.digest(Bench.values("{\"a\": 1.0, \"b\": null, \"c\": [1e3]}")))
                .isEqualTo(HelmValues.digest(Bench.values("{\"c\": [1000], \"a\": 1}")))
                .isNotEqualTo(HelmValues.digest(Bench.values("{\"c\": [1001], \"a\": 1}")));
    }

    @Test
    void aRecordOfHelmIsReadWithoutItsTemplates() throws Exception {
        String record = "{\"name\":\"a\",\"info\":{\"status\":\"deployed\",\"description\":\"d\"},"
                + "\"chart\":{\"templates\":[{\"name\":\"x\",\"data\":\"eA==\"}],\"metadata\":{\"name\":\"video\",\"version\":\"1.0\"}},"
                + "\"config\":{\"a\":[1,{\"b\":null}]},\"manifest\":\"x\",\"version\":1}";

        assertThat(ReleasePayload.read(packed(record), 1000, json))
                .isEqualTo(new ReleasePayload("d", Bench.values("{\"a\":[1,{\"b\":null}]}"), "video-1.0"));
    }

    @Test
    void aRecordThatIsTooLargeOrNoneIsNotRead() throws Exception {
        String bomb = "{\"manifest\":\"" + "0".repeat(10_000_000) + "\"}";
        assertThat(packed(bomb).length()).isLessThan(30_000);
        assertThatThrownBy(() -> ReleasePayload.read(packed(bomb), 100_000, json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("maxReleaseKiB");
        for (String broken :
                List.of("", "***", "AAAA", packed("[]"), packed("{\"info\""), packed("{\"info\":{\"a\":"))) {
            assertThatThrownBy(() -> ReleasePayload.read(broken, 1000, json)).isInstanceOf(IOException.class);
        }
    }

    private static InstallRequest request(String implementer, String values) {
        return new InstallRequest(
                new StepKey(Bench.workload("a"), 4, "install"),
                new Artifact(Bench.CHART, "App", implementer, "HELM", JsonObject.EMPTY),
                Bench.values(values),
                List.of(),
                3,
                Resources.NONE,
                7,
                Bench.OWNER,
                Set.of());
    }

    private static String packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] ofHelm = Base64.getEncoder().encode(bytes.toByteArray());
        return Base64.getEncoder().encodeToString(ofHelm);
    }
}
