// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It keeps the rules that adapters depend on, as seen by the client of Kubernetes. */
@Timeout(60)
class PlayedApiServerTest {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private PlayedApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        server = new PlayedApiServer();
        Config config = Config.fromKubeconfig(server.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("n")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    private static ConfigMap map(String namespace, String name, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withData(Map.of("a", "1", "b", "2"))
                .build();
    }

    private Resource<ConfigMap> map(String name) {
        return client.configMaps().inNamespace("n").withName(name);
    }

    private static int code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call).getCode();
    }

    @Test
    void namesAreTakenOnceAndNamespacesHaveToBeThere() {
        ConfigMap made = client.resource(map("n", "m", Map.of())).create();

        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(map("m").get().getData()).containsEntry("a", "1");
        assertThat(code(() -> client.resource(map("n", "m", Map.of())).create()))
                .isEqualTo(409);
        assertThat(code(() -> client.resource(map("nowhere", "m", Map.of())).create()))
                .isEqualTo(404);
        assertThat(map("other").get()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "In, one, 1",
        "In, one|two, 2",
        "NotIn, one, 2",
        "NotIn, one|two, 1",
        "Exists, '', 2",
        "DoesNotExist, '', 1"
    })
    void listsAreByLabels(String operator, String values, int found) {
        client.resource(map("n", "m1", Map.of("is", "one", "x", "y"))).create();
        client.resource(map("n", "m2", Map.of("is", "two", "x", "y"))).create();
        client.resource(map("n", "m3", Map.of("x", "y"))).create();
        client.resource(map("n", "m4", Map.of("is", "one", "x", "z"))).create();
        List<String> wanted = values.isEmpty() ? List.of() : List.of(values.split("\\|", -1));

        assertThat(client.configMaps()
                        .inAnyNamespace()
                        .withLabelSelector(new LabelSelectorBuilder()
                                .addToMatchLabels("x", "y")
                                .addToMatchExpressions(new LabelSelectorRequirement("is", operator, wanted))
                                .build())
                        .list()
                        .getItems())
                .hasSize(found);
        assertThat(client.configMaps().inNamespace("other").list().getItems()).isEmpty();
    }

    @Test
    void aMergeTakesAwayWhatIsNullAndHoldsOnlyForTheVersionThatItNames() {
        ConfigMap first = client.resource(map("n", "m", Map.of("x", "y"))).create();
        map("m").patch(MERGE, "{\"data\":{\"a\":null,\"c\":\"3\"},\"metadata\":{\"labels\":{\"z\":\"1\"}}}");

        assertThat(map("m").get().getData()).containsOnly(Map.entry("b", "2"), Map.entry("c", "3"));
        assertThat(map("m").get().getMetadata().getLabels()).containsKeys("x", "z");
        String stale = first.getMetadata().getResourceVersion();
        assertThat(code(() -> map("m").patch(MERGE, "{\"metadata\":{\"resourceVersion\":\"%s\"}}".formatted(stale))))
                .isEqualTo(409);
        assertThat(code(() -> map("m").patch(PatchContext.of(PatchType.JSON), "[]")))
                .isEqualTo(415);
    }

    @Test
    void replicasAreScaledAndTheGenerationCountsTheSpecOnly() {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace("n")
                        .withName("d")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .endSpec()
                        .build())
                .create();
        var deployment = client.apps().deployments().inNamespace("n").withName("d");
        deployment.patch(MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
        assertThat(deployment.get().getMetadata().getGeneration()).isEqualTo(1);
        deployment.scale(3);

        assertThat(deployment.get().getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment.get().getMetadata().getGeneration()).isEqualTo(2);
        client.resource(new DeploymentBuilder(deployment.get())
                        .editOrNewStatus()
                        .withReadyReplicas(2)
                        .endStatus()
                        .build())
                .updateStatus();
        assertThat(deployment.get().getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(deployment.get().getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void whatHasAFinalizerStaysMarkedUntilItIsTakenOff() {
        ConfigMap held = map("n", "m", Map.of());
        held.getMetadata().setFinalizers(List.of("test/held"));
        client.resource(held).create();
        map("m").delete();

        assertThat(map("m").get().getMetadata().getDeletionTimestamp()).isNotNull();
        map("m").patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        assertThat(map("m").get()).isNull();
    }

    @Test
    void aWatchGetsEveryChangeAfterItsVersion() throws Exception {
        String version = client.resource(map("n", "before", Map.of()))
                .create()
                .getMetadata()
                .getResourceVersion();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Watcher<ConfigMap> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                heard.add(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                heard.add("closed");
            }
        };
        // after this version, however long the connection takes
        ListOptions since =
                new ListOptionsBuilder().withResourceVersion(version).build();
        Watch watch = client.configMaps().inAnyNamespace().watch(since, watcher);
        client.resource(map("n", "m", Map.of())).create();
        map("m").patch(MERGE, "{\"data\":{\"a\":\"9\"}}");
        map("m").delete();

        assertThat(List.of(next(heard), next(heard), next(heard)))
                .containsExactly("ADDED m", "MODIFIED m", "DELETED m");
        watch.close();
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void callsAreRefusedAsTheTestWantsAndWrittenDown() {
        server.refuse(PlayedApiServer.ReceivedCall::writes, 503);
        assertThat(code(() -> client.resource(map("n", "m", Map.of())).create()))
                .isEqualTo(503);
        server.heal();
        client.resource(map("n", "m", Map.of())).create();

        assertThat(server.calls())
                .filteredOn(PlayedApiServer.ReceivedCall::writes)
                .extracting(PlayedApiServer.ReceivedCall::path)
                .containsExactly(
                        "/api/v1/namespaces", "/api/v1/namespaces/n/configmaps", "/api/v1/namespaces/n/configmaps");
    }
}
