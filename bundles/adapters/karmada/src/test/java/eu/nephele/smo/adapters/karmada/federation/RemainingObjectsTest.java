// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
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

/** Remains on a member after a removal, as far as the member can be polled. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RemainingObjectsTest {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "shop"), "web");
    private static final ClusterId M3 = new ClusterId("karmada", "m3");
    private static final String EMPTY = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";
    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
             {"metadata":{"name":"web-6f-x","namespace":"p",
               "ownerReferences":[{"kind":"ReplicaSet","name":"web-6f","controller":true}]},"spec":{},"status":{}}]}""";

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private volatile Reply ofMember = Reply.no(500);
    private volatile ProbeRoute probeRoute = ProbeRoute.NONE;
    private final Set<WorkloadId> present = new HashSet<>();
    private ScriptedServer server;
    private ResourceCache<GenericKubernetesResource, ObservedWork> resourceCache;
    private RemainingObjects remains;

    @BeforeEach
    void begin() throws IOException {
        server = new ScriptedServer(path -> path.contains("/proxy/") ? ofMember : Reply.ok(EMPTY));
        resourceCache = new ResourceCache<GenericKubernetesResource, ObservedWork>(
                        server.connection(),
                        new ResourceCache.WatchTarget<>(
                                "works", client -> client.genericKubernetesResources(KarmadaKinds.WORK)
                                        .inAnyNamespace()),
                        ObservedWork::read,
                        (key, before, now) -> {},
                        scheduler,
                        Duration.ofMinutes(1))
                .start();
        resourceCache.awaitFirst(System.nanoTime() + Duration.ofSeconds(20).toNanos());
        assertThat(resourceCache.isComplete()).isTrue();
        remains = new RemainingObjects(
                server.connection(),
                List.of(),
                new WorkIndex("karmada", () -> resourceCache, Duration.ofMinutes(1), any -> {}),
                any -> true,
                any -> probeRoute,
                present::contains);
    }

    @AfterEach
    void end() {
        resourceCache.close();
        server.close();
        scheduler.shutdownNow();
    }

    @Test
    void aMemberWithoutAWayToItsApiServerIsNotWaitedFor() {
        // as with Pull mode: API endpoint of cluster m3 should not be empty
        Map<WorkloadRef, WorkloadObservation> left = remains.observe(Set.of(WEB), Set.of(M3));
        assertThat(left.get(WEB).byCluster()).isEmpty();
        assertThat(left.get(WEB).unseen().get(M3)).contains("m3 could not be seen");
        assertThat(server.asked()).noneMatch(path -> path.contains("/proxy/"));
    }

    @Test
    void aMemberThatHasAnsweredBeforeIsWaitedFor() {
        probeRoute = ProbeRoute.OPEN;
        WorkloadObservation silent = remains.observe(Set.of(WEB), Set.of(M3)).get(WEB);
        assertThat(silent.byCluster()).containsKey(M3);
        assertThat(silent.message()).contains("m3 does not answer");
        ofMember = Reply.ok(PODS);
        assertThat(remains.observe(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
        ofMember = Reply.ok(EMPTY);
        assertThat(remains.observe(Set.of(WEB), Set.of(M3))).isEmpty();
    }

    @Test
    void podsOfWhatWasBesideAServiceAreLeftOverWhenItIsGone() {
        probeRoute = ProbeRoute.OPEN;
        ofMember =
                Reply.ok(PODS.replace("\"web-6f-x\"", "\"agent-x\",\"labels\":{\"app.kubernetes.io/instance\":\"web\"}")
                        .replace("ReplicaSet", "DaemonSet")
                        .replace("\"web-6f\"", "\"agent\""));
        present.add(new WorkloadId(WorkloadKind.DAEMON_SET, "p/agent"));
        assertThat(remains.observe(Set.of(WEB), Set.of(M3))).as("it is kept").isEmpty();
        present.clear();
        // another workload of that name does not count
        present.add(new WorkloadId(WorkloadKind.DEPLOYMENT, "p/agent"));
        assertThat(remains.observe(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void whatElseHasTheNameOfAServiceHidesNoPodsOfIt() {
        probeRoute = ProbeRoute.OPEN;
        ofMember = Reply.ok(PODS);
        present.add(new WorkloadId(WorkloadKind.JOB, "p/web"));
        assertThat(remains.observe(Set.of(WEB), Set.of(M3))
                        .get(WEB)
                        .byCluster()
                        .get(M3)
                        .replicas())
                .isEqualTo(1);
        present.add(new WorkloadId(WorkloadKind.DEPLOYMENT, "p/web"));
        assertThat(remains.observe(Set.of(WEB), Set.of(M3)))
                .as("they are somebody else's")
                .isEmpty();
    }

    @Test
    void whatAMemberRefusesCouldNotBeSeen() {
        probeRoute = ProbeRoute.OPEN;
        ofMember = Reply.no(403);
        assertThat(remains.observe(Set.of(WEB), Set.of(M3)).get(WEB).unseen()).containsKey(M3);
    }
}
