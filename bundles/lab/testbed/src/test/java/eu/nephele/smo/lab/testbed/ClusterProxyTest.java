// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.testbed.players.ApiServer;
import eu.nephele.smo.lab.testbed.players.ObjectKinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cluster objects and {@code clusters/NAME/proxy} by an API server behind that of the control plane. */
@Tag("api-server")
class ClusterProxyTest {

    private static final String CLUSTERS = "/apis/cluster.karmada.io/v1alpha1/clusters";

    @TempDir
    static Path folder;

    private static Testbed testbed;
    private static KubernetesClient admin;
    private static KubernetesClient guest;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry", "prometheus", "prometheus-alertmanager");
        Needs.kubernetes();
        testbed = Testbed.start(WorldSpec.of(WorldKind.KARMADA, 1).withUsers(List.of("guest")), folder.resolve("bed"));
        admin = client(testbed.server("karmada").kubeconfig());
        guest = client(testbed.server("karmada").kubeconfig("guest"));
        Eventually.after(() -> admin.raw(CLUSTERS + "/c1") != null);
    }

    @AfterAll
    static void stop() throws IOException {
        if (testbed != null) {
            admin.close();
            guest.close();
            testbed.close();
        }
    }

    @Test
    void clustersAreThoseOfKarmada() {
        assertThat(admin.raw(CLUSTERS + "/c1"))
                .contains("\"apiVersion\":\"cluster.karmada.io/v1alpha1\"")
                .doesNotContain("testbed.io");
        assertThat(admin.raw("/apis/cluster.karmada.io/v1alpha1")).contains("clusters/proxy");
        assertThat(admin.genericKubernetesResources("cluster.karmada.io/v1alpha1", "Cluster")
                        .list()
                        .getItems())
                .hasSize(1);
        assertThatThrownBy(() -> guest.raw(CLUSTERS))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("cannot list resource \"clusters\" in API group \"cluster.karmada.io\"");
    }

    @Test
    void aMemberIsAskedInTheNameOfTheCaller() throws Throwable {
        assertThat(admin.raw(CLUSTERS + "/c1/proxy/readyz")).isEqualTo("ok");
        assertThat(admin.raw(CLUSTERS + "/c1/proxy/api/v1/nodes?limit=1"))
                .contains("c1-n1")
                .doesNotContain("c1-n2");
        assertThatThrownBy(() -> guest.raw(CLUSTERS + "/c1/proxy/readyz"))
                .hasMessageContaining("cannot get resource \"clusters/proxy\"");

        admin.resource("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: proxy}
            rules: [{apiGroups: [cluster.karmada.io], resources: [clusters/proxy], verbs: [get]}]
            """).create();
        admin.resource("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: proxy}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: proxy}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: guest}]
            """).create();
        Eventually.holds(
                () -> assertThat(guest.raw(CLUSTERS + "/c1/proxy/readyz")).isEqualTo("ok"));
        assertThatThrownBy(() -> guest.raw(CLUSTERS + "/c1/proxy/api/v1/nodes"))
                .hasMessageContaining("User \"guest\" cannot list resource \"nodes\"");
    }

    @Test
    void aMemberThatIsGoneIsSaidAtOnceAndOneThatIsNotThereToo() throws Throwable {
        assertThat(admin.raw(CLUSTERS + "/c9/proxy/readyz")).isNull(); // 404

        testbed.setReady("c1", false);
        try (KubernetesClient impatient = impatient()) {
            assertThatThrownBy(() -> impatient.raw(CLUSTERS + "/c1/proxy/readyz"))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("connection refused")
                    .extracting(e -> ((KubernetesClientException) e).getCode())
                    .isEqualTo(500);
        } finally {
            testbed.setReady("c1", true);
        }
        Eventually.holds(
                () -> assertThat(admin.raw(CLUSTERS + "/c1/proxy/readyz")).isEqualTo("ok"));
    }

    @Test
    void aMemberThatDoesNotTakeTheCredentialsOfKarmadaAnyMoreRefusesWith401() {
        RealPrograms.areNot(testbed, "the credentials of a real one are not exchanged");
        testbed.setTokenValid("c1", false);
        try {
            assertThatThrownBy(() -> admin.raw(CLUSTERS + "/c1/proxy/readyz"))
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                            .isEqualTo(401));
            assertThat(admin.raw(CLUSTERS + "/c1")).as("Karmada itself").contains("\"name\":\"c1\"");
        } finally {
            testbed.setTokenValid("c1", true);
        }
        assertThat(admin.raw(CLUSTERS + "/c1/proxy/readyz")).isEqualTo("ok");
    }

    @Test
    void aMemberThatIsLostWithoutARefusalHangs() throws Throwable {
        testbed.setFrozen("c1", true);
        try (KubernetesClient impatient = impatient()) {
            assertThatThrownBy(() -> impatient.raw(CLUSTERS + "/c1/proxy/readyz"))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasRootCauseInstanceOf(HttpTimeoutException.class);
        } finally {
            testbed.setFrozen("c1", false);
        }
        Eventually.holds(
                () -> assertThat(admin.raw(CLUSTERS + "/c1/proxy/readyz")).isEqualTo("ok"));
    }

    /** Those of a newer Karmada on an API server 1.20. */
    @Test
    void definitionsThatAreNewerThanTheApiServerAreCreatedWithoutWhatItDoesNotKnow() throws IOException {
        String definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: news.policy.karmada.io}
            spec:
              group: policy.karmada.io
              scope: Namespaced
              names: {plural: news, singular: new, kind: New}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties: {size: {type: integer}}
                        x-kubernetes-validations: [{rule: self.size > 0, message: a size is more than nothing}]
            """;
        try (ApiServer server =
                ApiServer.open("karmada", testbed.server("karmada").kubeconfig())) {
            assertThatThrownBy(() -> server.apply(definition)).hasMessageContaining("field not declared in schema");

            ObjectKinds.create(server, definition);
            ObjectKinds.create(server, definition);
        }
        try {
            assertThat(admin.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName("news.policy.karmada.io")
                            .get()
                            .getSpec()
                            .getVersions()
                            .get(0)
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties())
                    .containsKey("spec");
        } finally {
            admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName("news.policy.karmada.io")
                    .delete();
        }
    }

    @Test
    void changesOfClustersAreWatched() throws Throwable {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Watcher<GenericKubernetesResource> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource cluster) {
                seen.add(action + " " + cluster.getApiVersion() + " "
                        + cluster.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
        try (Watch watch = admin.genericKubernetesResources("cluster.karmada.io/v1alpha1", "Cluster")
                .watch(watcher)) {
            assertThat(watch).isNotNull();
            Eventually.holds(() -> assertThat(seen).contains("ADDED cluster.karmada.io/v1alpha1 c1"));
        }
    }

    /** Takes the first answer, and waits for it no longer than 2 s. */
    private static KubernetesClient impatient() throws IOException {
        Config config =
                Config.fromKubeconfig(Files.readString(testbed.server("karmada").kubeconfig()));
        config.setRequestTimeout(2_000);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
