// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.chaos.ChaosFinding.ChaosKind;
import eu.nephele.smo.lab.harness.chaos.TestbedView.SeenPod;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Objects on API servers are reported as they are, and unjustified ones are found. */
class TestbedViewTest {

    private static final String CHART = "oci://r/chaos/anything:1.0.1";

    @Test
    void aReleaseIsReadFromWhatHelmKeepsOfIt() throws Exception {
        String body = """
                {"info":{"description":"smo {\\"project\\":\\"chaos\\",\\"graph\\":\\"g1\\",\\"service\\":\\"g1-s2\\",\
                \\"assignment\\":4,\\"step\\":\\"install\\",\\"reference\\":\\"%s\\"}"},"config":{"edit":5}}""".formatted(CHART);
        HelmRecord record = HelmRecord.read("karmada", secret("g1-s2", 3, "deployed", body));
        List<SeenPod> pods = List.of(
                new SeenPod("c1", "g1-s2", true), new SeenPod("c1", "g1-s2", false), new SeenPod("c1", "g1-s20", true));
        ObservedWorld observedWorld = view(List.of(record), List.of(), pods);
        ReleaseReport release =
                observedWorld.release(ObservedWorld.ref(graph(), "g1-s2")).orElseThrow();
        assertThat(release.artifact()).isEqualTo(CHART);
        assertThat(release.values().toJson()).isEqualTo("{\"edit\":5}");
        assertThat(release.replicas()).isEqualTo(Map.of("c1", 2));
        assertThat(release.readyReplicas()).isEqualTo(1);
        assertThat(release.key()).isEqualTo("chaos/g1/g1-s2#4 install");
        assertThat(observedWorld.strays()).isEmpty();
    }

    @Test
    void aReleaseThatIsStillUnderWayIsStuck() throws Exception {
        ObservedWorld observedWorld = view(
                List.of(record("g1-s1", 1, "deployed", 1, 1), record("g1-s1", 2, "pending-upgrade", 2, 2)),
                List.of(),
                List.of());
        assertThat(observedWorld.strays()).extracting(ChaosFinding::kind).containsExactly(ChaosKind.STUCK);
    }

    @Test
    void whatHasNoReleaseIsOrphanedAndSoIsANoteOfAnInstallThatIsOver() throws Exception {
        List<HelmRecord> records = List.of(record("g1-s1", 1, "deployed", 1, 1));
        List<ReconciledObject> ours = List.of(
                found("Deployment", "g1-s1"),
                found("Secret", "sh.helm.release.v1.g1-s1.v1"),
                found("PropagationPolicy", "smo-g1-s1"),
                found("Pod", "g1-s1-5d9f-x2x"));
        assertThat(view(records, ours, List.of()).strays()).isEmpty();
        List<ReconciledObject> left = List.of(
                found("Deployment", "g1-s10"),
                found("PropagationPolicy", "smo-g2-s1"),
                found("Secret", "smo.install.g1-s1"));
        assertThat(view(records, left, List.of()).strays())
                .hasSize(3)
                .extracting(ChaosFinding::kind)
                .containsOnly(ChaosKind.ORPHANED);
    }

    @Test
    void theSameDecisionCarriedOutTwiceIsDoubledACutOffAttemptIsNot() throws Exception {
        HelmRecord first = record("g1-s1", 1, "superseded", 1, 1);
        HelmRecord again = record("g1-s1", 2, "deployed", 1, 1);
        assertThat(view(List.of(again, first), List.of(), List.of()).writes().doubled())
                .isOne();
        HelmRecord cutOff = record("g1-s1", 1, "failed", 1, 1);
        assertThat(view(List.of(cutOff, again), List.of(), List.of()).writes().doubled())
                .isZero();
        HelmRecord changed = record("g1-s1", 2, "deployed", 1, 2);
        assertThat(view(List.of(first, changed), List.of(), List.of()).writes().doubled())
                .isZero();
        HelmRecord decidedAnew = record("g1-s1", 2, "deployed", 2, 1);
        assertThat(view(List.of(first, decidedAnew), List.of(), List.of())
                        .writes()
                        .doubled())
                .isZero();
    }

    @Test
    void ofReleasesBehindSeveralConnectionsTheOneThatIsBehindIsTold() throws Exception {
        HelmRecord behind = record("g1-s1", 1, "deployed", 1, 1);
        HelmRecord present = new HelmRecord("c2", "g1-s1", 2, "deployed", body(2, 2));
        for (List<HelmRecord> order : List.of(List.of(behind, present), List.of(present, behind))) {
            assertThat(view(order, List.of(), List.of())
                            .release(ObservedWorld.ref(graph(), "g1-s1"))
                            .orElseThrow()
                            .values()
                            .toJson())
                    .isEqualTo("{\"edit\":1}");
        }
    }

    private static ObservedWorld view(List<HelmRecord> records, List<ReconciledObject> objects, List<SeenPod> pods) {
        return new TestbedView(records, objects, pods, List.of()).outside();
    }

    private static GraphModel graph() {
        return new GraphModel("g1", new Random(1), ChartCatalog.ANY, WorldProcess.CLUSTERS);
    }

    private static ReconciledObject found(String kind, String name) {
        return new ReconciledObject("karmada", kind, DescriptorEdits.PROJECT, name);
    }

    private static HelmRecord record(String name, int revision, String status, int assignment, int edit)
            throws JsonProcessingException {
        return new HelmRecord("karmada", name, revision, status, body(assignment, edit));
    }

    private static JsonNode body(int assignment, int edit) throws JsonProcessingException {
        return new JsonMapper().readTree("""
                {"info":{"description":"smo {\\"assignment\\":%d,\\"chart\\":\\"sha256:1\\"}"},"config":{"edit":%d}}""".formatted(assignment, edit));
    }

    private static Secret secret(String name, int revision, String status, String body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        byte[] ofHelm = Base64.getEncoder().encode(packed.toByteArray());
        return new SecretBuilder()
                .withNewMetadata()
                .withLabels(Map.of("name", name, "version", Integer.toString(revision), "status", status))
                .endMetadata()
                .withData(Map.of("release", Base64.getEncoder().encodeToString(ofHelm)))
                .build();
    }
}
