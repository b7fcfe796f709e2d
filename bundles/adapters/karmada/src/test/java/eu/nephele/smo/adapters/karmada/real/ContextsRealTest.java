// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.contexts.Contexts;
import eu.nephele.smo.adapters.karmada.contexts.Contexts.Site;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two real clusters without a Karmada: API server and controllers are real, scheduler and kubelet are played. The user has the
 * rights of docs/operate/rbac/contexts.yaml and no others.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ContextsRealTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Resources ONE = new Resources(500, 256L << 20, 0, 0);
    private static final ClusterId A = new ClusterId("kubernetes", "a");
    private static final ClusterId B = new ClusterId("kubernetes", "b");
    private static final Watching WATCHING =
            new Watching(Set.of("nvidia.com/gpu"), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3));

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static ApiServer a;
    private static ApiServer b;
    private static Player playerOfA;
    private static Contexts contexts;

    @BeforeAll
    static void begin() throws Exception {
        a = cluster("eu-west");
        b = cluster("eu-north");
        playerOfA = new Player(a.admin());
        OPEN.add(playerOfA);
        OPEN.add(new Player(b.admin()));
        contexts = new Contexts(
                "kubernetes",
                List.of(
                        new Site("a", link("file:a#real"), Map.of()),
                        new Site("b", link("file:b"), Map.of("tier", "edge"))),
                WATCHING,
                reference -> Optional.of((reference.equals("file:a") ? a : b).kubeconfig("smo")),
                Clock.systemUTC());
        OPEN.add(contexts);
        Await.until(SOON, () -> assertThat(contexts.clusters()).allMatch(ClusterState::ready));
    }

    @AfterAll
    static void end() throws Exception {
        for (int i = OPEN.size() - 1; i >= 0; i--) {
            OPEN.get(i).close();
        }
    }

    @Test
    void aClusterOffersWhatItsNodesOfferLessWhatPodsAskFor() throws Exception {
        StepKey key = deployed("load", a);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 3)));
        Await.until(
                SOON, () -> assertThat(observe(key).byCluster().get(A)).isEqualTo(new OnCluster(3, 3, ONE.times(3))));

        ClusterState state = state(A);
        assertThat(state.allocatable()).isEqualTo(new Resources(8000, 16L << 30, 0, 2));
        assertThat(state.allocated().cpuMillis()).isGreaterThanOrEqualTo(1500);
        assertThat(state.location()).isEqualTo("eu-west");
        assertThat(state.labels()).doesNotContainKey("kubernetes.io/hostname");
        assertThat(state(B).labels()).containsEntry("tier", "edge");
        assertThat(contexts.target(A).connection()).contains("file:a#real");
    }

    @Test
    void aWorkloadMovesFromOneClusterToTheOther() throws Exception {
        StepKey key = deployed("move", a);
        deployed("move", b);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 2)));
        Await.until(SOON, () -> assertThat(observe(key).byCluster().get(A).readyReplicas())
                .isEqualTo(2));
        contexts.runtime().ensureShares(key, List.of(new Share(A, 2), new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).readyReplicas()).isEqualTo(3));
        contexts.runtime().ensureShares(key, List.of(new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).byCluster())
                .isEqualTo(Map.of(A, new OnCluster(0, 0, Resources.NONE), B, new OnCluster(1, 1, ONE))));
    }

    @Test
    void aWorkloadWithoutItsReleaseIsNotFound() throws Exception {
        StepKey key = deployed("half", a);
        assertThatThrownBy(() -> contexts.runtime().ensureShares(key, List.of(new Share(A, 1), new Share(B, 1))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining(" b");
        assertThatThrownBy(() ->
                        contexts.runtime().ensureShares(key, List.of(new Share(new ClusterId("kubernetes", "z"), 1))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void whatKeepsPodsFromBeingReadyIsTold() throws Exception {
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        StepKey key = deployed("pending", b);
        b.admin().nodes().withName("node").edit(node -> {
            node.getSpec().setUnschedulable(true);
            return node;
        });
        try {
            Await.until(SOON, () -> assertThat(state(B).free()).isEqualTo(Resources.NONE));
            assertThat(state(B).ready()).isTrue();
        } finally {
            b.admin().nodes().withName("node").edit(node -> {
                node.getSpec().setUnschedulable(false);
                return node;
            });
        }
        playerOfA.sick();
        StepKey sick = deployed("sick", a);
        contexts.runtime().ensureShares(sick, List.of(new Share(A, 1)));
        try {
            Await.until(SOON, () -> assertThat(observe(sick).message())
                    .contains("a: pod sick-", "ImagePullBackOff: no such image"));
        } finally {
            playerOfA.well();
        }
        assertThat(observe(key)).isNotNull();
    }

    @Test
    void aClusterThatIsAwayIsNotReadyAndIsBackAtOnce() throws Exception {
        StepKey key = deployed("away", a);
        deployed("away", b);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 1), new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).readyReplicas()).isEqualTo(2));

        b.freeze(true);
        try {
            Await.until(SOON, () -> assertThat(state(B).ready()).isFalse());
            assertThat(state(A).ready()).isTrue();
            assertThat(state(B).allocatable()).isEqualTo(Resources.NONE);
            assertThat(observe(key).byCluster()).containsOnlyKeys(A);
        } finally {
            b.freeze(false);
        }
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        assertThat(observe(key).byCluster()).containsOnlyKeys(A, B);

        b.kill();
        Await.until(SOON, () -> assertThat(state(B).ready()).isFalse());
        contexts.runtime().ensureShares(key, List.of(new Share(A, 1)));
        b.start();
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        assertThat(observe(key).byCluster().get(B).desiredReplicas()).isEqualTo(1);
    }

    @Test
    void aCertificateThatIsNotTrustedIsUnavailableUnlessItsAuthorityIsConfigured() throws Exception {
        String withoutAuthority = a.kubeconfig("smo").replaceAll(", certificate-authority-data: [^}]*", "");
        LinkSettings trusting = new LinkSettings(
                "a",
                "file:a",
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.of(a.authority().toString()));
        try (var untrusted = new eu.nephele.smo.adapters.karmada.link.Connection(
                        link("file:a"), any -> Optional.of(withoutAuthority));
                var trusted = new eu.nephele.smo.adapters.karmada.link.Connection(
                        trusting, any -> Optional.of(withoutAuthority))) {
            assertThatThrownBy(() ->
                            untrusted.call("Look", client -> client.nodes().list()))
                    .isInstanceOfSatisfying(
                            AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("certif");
            assertThat(trusted.<Integer>call(
                            "Look", client -> client.nodes().list().getItems().size()))
                    .isEqualTo(1);
        }
    }

    private static ApiServer cluster(String region) throws Exception {
        ApiServer server = ApiServer.start("smo");
        OPEN.add(server);
        server.startControllers();
        KubernetesClient admin = server.admin();
        Player.node(admin, "node", region);
        admin.load(stream(Files.readString(Path.of("../../../docs/operate/rbac/contexts.yaml"))))
                .create();
        admin.load(stream("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: smo}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-contexts}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
                """)).create();
        return server;
    }

    private static LinkSettings link(String connection) {
        return new LinkSettings(
                "kubernetes",
                connection,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Optional.empty(),
                Optional.empty());
    }

    private static StepKey deployed(String name, ApiServer on) {
        on.admin().load(stream("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  namespace: %1$s
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations: {meta.helm.sh/release-name: %1$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: x, resources: {requests: {cpu: 500m, memory: 256Mi}}}]}
                """.formatted(name))).create();
        StepKey key = new StepKey(new WorkloadRef(new GraphId(name, "g"), name), 1, "shares");
        return key;
    }

    private static ClusterState state(ClusterId id) {
        return contexts.clusters().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static WorkloadObservation observe(StepKey key) {
        return Objects.requireNonNull(
                contexts.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    private static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
