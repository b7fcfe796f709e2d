// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.contexts.ContextClusters;
import eu.nephele.smo.adapters.karmada.contexts.ContextClusters.ContextSettings;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two real clusters, and the adapter with the rights of docs/operate/rbac/contexts.yaml and no others. */
abstract class ContextsBed {

    static final Duration SOON = Duration.ofSeconds(15);
    static final Resources ONE = new Resources(500, 256L << 20, 0, 0);
    static final ClusterId A = new ClusterId("kubernetes", "a");
    static final ClusterId B = new ClusterId("kubernetes", "b");
    static final WatchSettings WATCHING =
            new WatchSettings(Set.of("nvidia.com/gpu"), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3));

    static final List<AutoCloseable> OPEN = new ArrayList<>();
    static ApiServer a;
    static ApiServer b;
    static Player playerOfA;
    static ContextClusters contexts;

    @BeforeAll
    static void begin() throws Exception {
        a = cluster("eu-west");
        b = cluster("eu-north");
        playerOfA = new Player(a.admin());
        OPEN.add(playerOfA);
        OPEN.add(new Player(b.admin()));
        contexts = new ContextClusters(
                "kubernetes",
                List.of(
                        new ContextSettings("a", link("file:a#real"), Map.of()),
                        new ContextSettings("b", link("file:b"), Map.of("tier", "edge"))),
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
        OPEN.clear();
    }

    static ApiServer cluster(String region) throws Exception {
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

    static LinkSettings link(String connection) {
        return new LinkSettings(
                "kubernetes",
                connection,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                1 << 20,
                Optional.empty(),
                Optional.empty());
    }

    static StepKey deployed(String name, ApiServer on) {
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

    static ClusterState state(ClusterId id) {
        return contexts.clusters().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static WorkloadObservation observe(StepKey key) {
        return Objects.requireNonNull(
                contexts.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
