// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.helm.RealServers.RealServer;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Helm with the rights of docs/operate/rbac/helm.yaml and no others. */
@Tag("api-server")
class RightsTest {

    private static final String CHART = "oci://example.org/charts/all:1";
    private static final String BINDINGS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ours, labels: {app.kubernetes.io/managed-by: smo}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: closed}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: smo, namespace: ours}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-releases}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: smo-list}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-release-list}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: smo-removal}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-namespace-removal}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
            """;
    /** One of most kinds that the rights name. */
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Service
            metadata: {name: {{ .Release.Name }}}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: {{ .Release.Name }}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: {{ .Release.Name }}}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: {{ .Release.Name }}-set}
            spec:
              serviceName: a
              selector: {matchLabels: {app: a}}
              template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: {{ .Release.Name }}}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: {{ .Release.Name }}}
            spec: {podSelector: {}}
            ---
            apiVersion: policy/v1beta1
            kind: PodDisruptionBudget
            metadata: {name: {{ .Release.Name }}}
            spec: {minAvailable: {{ .Values.least }}, selector: {matchLabels: {app: a}}}
            """;

    @TempDir
    static Path folder;

    private static RealServers servers;
    private static Bench bench;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() throws Exception {
        servers = RealServers.start(folder);
        RealServer server = servers.server("one");
        Config config = Config.fromKubeconfig(server.kubeconfig(RealServers.ADMIN));
        admin = new KubernetesClientBuilder().withConfig(config).build();
        create(Files.readString(Path.of("../../../docs/operate/rbac/helm.yaml")));
        create(BINDINGS);
        HelmSettings usual = Bench.settings();
        bench = new Bench(
                        folder,
                        new HelmSettings(
                                Optional.empty(),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                3,
                                usual.replicaValues(),
                                true,
                                1 << 20,
                                Bench.workerSettings()))
                .cluster("c1", server.kubeconfig(RealServers.LEAST));
        bench.charts.with(
                CHART,
                "all",
                Map.of(
                        "values.yaml",
                        "least: 1\nreplicas: 1\n",
                        "templates/objects.yaml",
                        OBJECTS,
                        "templates/deployment.yaml",
                        TestCharts.DEPLOYMENT));
    }

    @AfterAll
    static void end() {
        if (bench != null) {
            bench.close();
            admin.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void suffice() {
        InstallRequest first = request("ours", "{\"least\": 1}");
        assertThat(bench.deployer.foreign(List.of(first))).isEmpty();
        assertThat(bench.deployer.ensureInstalled(first).status()).isEqualTo(Status.DEPLOYED);
        assertThat(bench.deployer
                        .ensureInstalled(request("ours", "{\"least\": 2}"))
                        .revision())
                .isEqualTo(2);
        assertThat(bench.deployer.owned()).extracting(ReleaseState::revision).containsExactly(2);

        bench.deployer.ensureRemoved(first.key(), Bench.OWNER);

        assertThat(bench.deployer.owned()).isEmpty();
        assertThat(admin.services().inNamespace("ours").list().getItems()).isEmpty();
        assertThat(admin.namespaces().withName("ours").get().getMetadata().getDeletionTimestamp())
                .isNotNull();
    }

    @Test
    void endAtNamespacesThatAreNotBound() {
        assertThat(catchThrowableOfType(
                        AdapterException.class, () -> bench.deployer.ensureInstalled(request("closed", "{}"))))
                .hasMessageContaining("forbidden")
                .extracting(AdapterException::kind)
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void aRefusedChangeLeavesNothingToRollBack() {
        // a Secret that was never created needs no deletion, and must not be waited for
        InstallRequest refused = request("undone", "{}");
        assertThat(catchThrowableOfType(AdapterException.class, () -> bench.deployer.ensureInstalled(refused)))
                .isNotNull();

        bench.deployer.ensureRemoved(refused.key(), Bench.OWNER);

        assertThat(admin.secrets()
                        .inNamespace("undone")
                        .withLabel("app.kubernetes.io/managed-by", "smo")
                        .list()
                        .getItems())
                .isEmpty();
    }

    private static InstallRequest request(String project, String values) {
        InstallRequest like = bench.request("web", Bench.values(values), "c1");
        return new InstallRequest(
                new StepKey(new WorkloadRef(new GraphId(project, "g"), "web"), 1, "install"),
                new Artifact(CHART, "App", "HELM", "HELM", JsonObject.EMPTY),
                like.values(),
                like.targets(),
                1,
                like.perReplica(),
                1,
                like.owner(),
                Set.of());
    }

    private static void create(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> admin.resource(object).create());
    }
}
