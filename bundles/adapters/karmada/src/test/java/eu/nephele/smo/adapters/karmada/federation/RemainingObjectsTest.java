// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left on a member after a removal, as far as the member can be asked. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RemainsTest {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "shop"), "web");
    private static final ClusterId M3 = new ClusterId("karmada", "m3");
    private static final String EMPTY = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";
    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
             {"metadata":{"name":"web-6f-x","namespace":"p",
               "ownerReferences":[{"kind":"ReplicaSet","name":"web-6f","controller":true}]},"spec":{},"status":{}}]}""";

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private volatile Reply ofMember = Reply.no(500);
    private volatile Way way = Way.NONE;
    private final Set<WorkloadId> present = new HashSet<>();
    private ScriptedServer server;
    private Mirror<GenericKubernetesResource, WorkSeen> mirror;
    private Remains remains;

    @BeforeEach
    void begin() throws IOException {
        server = new ScriptedServer(path -> path.contains("/proxy/") ? ofMember : Reply.ok(EMPTY));
        mirror = new Mirror<GenericKubernetesResource, WorkSeen>(
                        server.connection(),
                        new Mirror.Which<>("works", client -> client.genericKubernetesResources(Kinds.WORK)
                                .inAnyNamespace()),
                        WorkSeen::read,
                        any -> {},
                        scheduler,
                        Duration.ofMinutes(1))
                .start();
        mirror.awaitFirst(System.nanoTime() + Duration.ofSeconds(20).toNanos());
        assertThat(mirror.isComplete()).isTrue();
        remains = new Remains(
                server.connection(),
                List.of(),
                new Works("karmada", () -> mirror, Duration.ofMinutes(1), any -> {}),
                any -> true,
                any -> way,
                present::contains);
    }

    @AfterEach
    void end() {
        mirror.close();
        server.close();
        scheduler.shutdownNow();
    }

    @Test
    void aMemberWithoutAWayToItsApiServerIsNotWaitedFor() {
        // as with Pull mode: API endpoint of cluster m3 should not be empty
        Map<WorkloadRef, WorkloadObservation> left = remains.of(Set.of(WEB), Set.of(M3));
        assertThat(left.get(WEB).byCluster()).isEmpty();
        assertThat(left.get(WEB).unseen().get(M3)).contains("m3 have ended could not be seen");
        assertThat(server.asked()).noneMatch(path -> path.contains("/proxy/"));
    }

    @Test
    void aMemberThatHasAnsweredBeforeIsWaitedFor() {
        way = Way.OPEN;
        WorkloadObservation silent = remains.of(Set.of(WEB), Set.of(M3)).get(WEB);
        assertThat(silent.byCluster()).containsKey(M3);
        assertThat(silent.message()).contains("m3 does not answer");
        ofMember = Reply.ok(PODS);
        assertThat(remains.of(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
        ofMember = Reply.ok(EMPTY);
        assertThat(remains.of(Set.of(WEB), Set.of(M3))).isEmpty();
    }

    @Test
    void podsOfWhatWasBesideAServiceAreLeftOverWhenItIsGone() {
        way = Way.OPEN;
        ofMember =
                Reply.ok(PODS.replace("\"web-6f-x\"", "\"agent-x\",\"labels\":{\"app.kubernetes.io/instance\":\"web\"}")
                        .replace("ReplicaSet", "DaemonSet")
                        .replace("\"web-6f\"", "\"agent\""));
        present.add(new WorkloadId(WorkloadKind.DAEMON_SET, "p/agent"));
        assertThat(remains.of(Set.of(WEB), Set.of(M3))).as("it is kept").isEmpty();
        present.clear();
        // another workload of that name is not it
        present.add(new WorkloadId(WorkloadKind.DEPLOYMENT, "p/agent"));
        assertThat(remains.of(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void whatElseHasTheNameOfAServiceHidesNoPodsOfIt() {
        way = Way.OPEN;
        ofMember = Reply.ok(PODS);
        present.add(new WorkloadId(WorkloadKind.JOB, "p/web"));
        assertThat(remains.of(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
        present.add(new WorkloadId(WorkloadKind.DEPLOYMENT, "p/web"));
        assertThat(remains.of(Set.of(WEB), Set.of(M3)))
                .as("they are somebody else's")
                .isEmpty();
    }

    @Test
    void whatAMemberRefusesCouldNotBeSeen() {
        way = Way.OPEN;
        ofMember = Reply.no(403);
        assertThat(remains.of(Set.of(WEB), Set.of(M3)).get(WEB).unseen()).containsKey(M3);
    }
}
