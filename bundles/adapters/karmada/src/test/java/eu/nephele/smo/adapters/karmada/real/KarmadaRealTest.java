// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.ReleaseYaml;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The kinds of Karmada on a real API server, whose user has the rights of docs/operate/rbac/karmada.yaml and no others. The
 * test writes the results of Karmada's controllers.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("api-server")
class KarmadaRealTest extends FederationBed {

    @Test
    void aClusterThatJoinsChangesAndLeavesIsToldAtOnce() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Subscription subscription = karmada.clusters().subscribe(() -> told.add("changed"));
        try {
            cluster("m9", "True");
            Await.until(SOON, () -> assertThat(state("m9").ready()).isTrue());
            assertThat(state("m9").free()).isEqualTo(new Resources(3000, 8L << 30, 0, 2));
            Await.until(SOON, () -> assertThat(told).isNotEmpty());

            admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                    .withName("m9")
                    .delete();
            Await.until(SOON, () -> assertThat(karmada.clusters().clusters()).hasSize(2));
        } finally {
            subscription.close();
        }
    }

    @Test
    void oneBrokenClusterDoesNotSpoilTheOthers() throws Exception {
        GenericKubernetesResource broken = clusterObject("broken", "True");
        broken.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")),
                        "resourceSummary",
                        Map.of("allocatable", Map.of("cpu", "many"))));
        withStatus(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false), broken);
        cluster("m8", "True");
        Await.until(SOON, () -> assertThat(state("m8").ready()).isTrue());

        assertThat(karmada.clusters().clusters())
                .extracting(it -> it.id().name())
                .doesNotContain("broken");
        for (String name : List.of("broken", "m8")) {
            admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                    .withName(name)
                    .delete();
        }
    }

    @Test
    void allClustersHaveTheConnectionOfTheControlPlane() {
        assertThat(karmada.clusters().target(M1).connection()).contains("file:karmada.kubeconfig");
        assertThat(karmada.clusters().target(M2)).isEqualTo(karmada.clusters().target(M2));
    }

    @Test
    void withoutAPolicyOfTheChartOneOfOursIsMadeThatEndsWithTheWorkload() throws Exception {
        StepKey key = deployed("plain", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3)));

        GenericKubernetesResource policy = policy("plain", "smo-plain");
        assertThat(text(policy)).contains("clusterNames=[m1]", "kind=Service", "propagateDeps=true");
        assertThat(policy.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(policy.getMetadata().getOwnerReferences())
                .extracting(it -> it.getName())
                .containsExactly("plain");
        var deployment = admin.apps()
                .deployments()
                .inNamespace("plain")
                .withName("plain")
                .get();
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm")
                .containsEntry("smo.nephele.eu/graph", "g");
        assertThat(deployment.getMetadata().getAnnotations())
                .containsEntry("smo.nephele.eu/workload", "plain/g/plain")
                .containsEntry("smo.nephele.eu/key", key.toString());

        String before = policy.getMetadata().getResourceVersion();
        String deploymentBefore = deployment.getMetadata().getResourceVersion();
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3)));
        assertThat(policy("plain", "smo-plain").getMetadata().getResourceVersion())
                .isEqualTo(before);
        assertThat(admin.apps()
                        .deployments()
                        .inNamespace("plain")
                        .withName("plain")
                        .get()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(deploymentBefore);
    }

    @Test
    void thePolicyOfTheChartIsChangedAndOursGoes() throws Exception {
        StepKey key = deployed("chart", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        chartPolicy("chart", "");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1), new Share(M2, 1)));

        assertThat(text(policy("chart", "chart"))).contains("clusterNames=[m1, m2]", "priority=7");
        assertThat(policies("chart"))
                .extracting(it -> it.getMetadata().getName())
                .containsExactly("chart");
    }

    @Test
    void clustersWithOtherNumbersGetAnOverrideThatGoesWhenTheyAreAlikeAgain() throws Exception {
        StepKey key = deployed("move", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 2), new Share(M2, 4)));

        assertThat(overrides("move")).hasSize(1);
        assertThat(text(overrides("move").get(0))).contains("clusterNames=[m1]", "value=2");
        binding("move", 4, Map.of("m1", 2, "m2", 3));
        Await.until(SOON, () -> assertThat(observe(key).byCluster())
                .isEqualTo(Map.of(
                        M1, new OnCluster(2, 2, new Resources(500, 256L << 20, 0, 0).times(2)),
                        M2, new OnCluster(4, 3, 3, 3, 3, true, new Resources(500, 256L << 20, 0, 0).times(3)))));

        karmada.runtime().ensureShares(key, List.of(new Share(M2, 4)));
        assertThat(overrides("move")).isEmpty();
        assertThat(text(policy("move", "smo-move"))).contains("clusterNames=[m2]");
    }

    @Test
    void aPolicyThatDividesDoesNotDoSoAnyMore() throws Exception {
        // one more cluster would take replicas from those that serve
        StepKey key = deployed("divided", "Helm");
        chartPolicy(
                "divided",
                "replicaScheduling: {replicaSchedulingType: Divided, replicaDivisionPreference: Weighted,"
                        + " weightPreference: {dynamicWeight: AvailableReplicas}},");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3)));
        assertThat(replicas("divided")).isEqualTo(3);
        assertThat(text(policy("divided", "divided")))
                .contains("replicaSchedulingType=Duplicated", "clusterNames=[m1]", "priority=7")
                .doesNotContain("replicaDivisionPreference", "weightPreference");

        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3), new Share(M2, 3)));
        assertThat(replicas("divided")).isEqualTo(3);
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1), new Share(M2, 4)));
        assertThat(replicas("divided")).isEqualTo(4);
        assertThat(text(overrides("divided").get(0))).contains("clusterNames=[m1]", "value=1");
    }

    @Test
    void aWorkloadIsNotReadyWhereItsClusterSaysSo() throws Exception {
        StepKey key = deployed("slow", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 2)));
        Await.until(SOON, () -> assertThat(observe(key).message()).contains("has not scheduled"));
        List<WorkloadRef> told = new CopyOnWriteArrayList<>();
        Subscription subscription = karmada.runtime().subscribe(told::add);
        binding("slow", 2, Map.of("m1", 1));
        Await.until(SOON, () -> assertThat(told).contains(key.workload()));
        subscription.close();
        // the watch publishes the binding first and its status a moment later
        Await.until(SOON, () -> {
            WorkloadObservation seen = observe(key);
            assertThat(seen.byCluster().get(M1))
                    .isEqualTo(new OnCluster(2, 1, 1, 1, 1, false, new Resources(500, 256L << 20, 0, 0)));
            assertThat(seen.message()).contains("works have not been applied");
        });
    }

    @Test
    void anUpdateIsNotSeenInNumbersOfWhatWasBefore() throws Exception {
        StepKey key = deployed("update", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        binding("update", 1, Map.of("m1", 1));
        Await.until(SOON, () -> assertThat(observe(key).byCluster().get(M1).waitsFor(1))
                .isEmpty());

        admin.apps().deployments().inNamespace("update").withName("update").edit(it -> {
            it.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("y");
            return it;
        });
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        Await.until(SOON, () -> {
            assertThat(observe(key).byCluster().get(M1).observedCurrent()).isFalse();
            assertThat(observe(key).message()).contains("not passed the change on", "karmada-es-m1/update-1");
        });
        work("update", "m1");
        Await.until(SOON, () -> assertThat(observe(key).byCluster().get(M1).waitsFor(1))
                .isEmpty());
    }

    @Test
    void aDaemonSetBesideAServiceGoesWithItAndIsWaitedFor() throws Exception {
        // also with these rights
        StepKey key = deployed("beside", "Helm");
        admin.load(stream(ReleaseYaml.daemonSet("beside", "agent") + "---\n" + ReleaseYaml.job("beside", "migrate", 1)))
                .create();
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        assertThat(text(policy("beside", "smo-beside"))).contains("kind=DaemonSet", "kind=Job", "batch/v1");
        assertThat(admin.apps()
                        .daemonSets()
                        .inNamespace("beside")
                        .withName("agent")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("smo.nephele.eu/revision");
        binding("beside", 1, Map.of("m1", 1));
        Await.until(SOON, () -> assertThat(observe(key).beside().get(M1))
                .anySatisfy(agent -> assertThat(agent.waitsFor()).contains("beside/agent-daemonset"))
                .anySatisfy(migrate -> assertThat(migrate.waitsFor()).contains("beside/migrate-job")));
    }

    @Test
    void whatIsRemovedIsThereUntilKarmadaHasTakenItAway() throws Exception {
        // gone from the control plane is not gone from the clusters
        StepKey key = deployed("leaving", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        binding("leaving", 1, Map.of("m1", 1));
        cluster("dead", "False");
        work("leaving", "dead");
        Await.until(SOON, () -> assertThat(observe(key).byCluster()).containsKey(M1));
        admin.apps().deployments().inNamespace("leaving").withName("leaving").delete();
        Set<ClusterId> where = Set.of(M1, new ClusterId("karmada", "dead"));
        Await.until(SOON, () -> assertThat(karmada.runtime().observe(List.of(key.workload())))
                .isEmpty());
        WorkloadObservation left = remains(key, where);
        assertThat(left.message())
                .contains("ResourceBinding leaving/leaving-deployment", "Work karmada-es-m1/leaving-1");
        assertThat(left.byCluster()).containsOnlyKeys(M1);

        admin.genericKubernetesResources(BINDINGS)
                .inNamespace("leaving")
                .withName("leaving-deployment")
                .delete();
        Await.until(SOON, () -> assertThat(remains(key, where).message())
                .isEqualTo("Karmada is still deleting Work karmada-es-m1/leaving-1"));

        admin.genericKubernetesResources(WORKS)
                .inNamespace("karmada-es-m1")
                .withName("leaving-1")
                .delete();
        Await.until(SOON, () -> assertThat(remains(key, where).byCluster()).isEmpty());
        // the unavailable cluster and the unreadable pods are reported
        assertThat(remains(key, where).unseen())
                .hasEntrySatisfying(new ClusterId("karmada", "dead"), why -> assertThat(why)
                        .isEqualTo("removal on cluster dead, which is not ready, is left to Karmada"))
                .hasEntrySatisfying(M1, why -> assertThat(why).contains("could not be seen"));
        admin.genericKubernetesResources(CLUSTERS).withName("dead").delete();
    }

    private static WorkloadObservation remains(StepKey key, Set<ClusterId> where) {
        return Objects.requireNonNull(
                karmada.runtime().remains(List.of(key.workload()), where).get(key.workload()));
    }

    @Test
    void aBindingOfAFormerObjectOfTheNameSaysNothing() throws Exception {
        StepKey key = deployed("again", "Helm");
        binding("again", 1, Map.of("m1", 1));
        Await.until(SOON, () -> assertThat(observe(key).byCluster()).containsKey(M1));
        admin.genericKubernetesResources(BINDINGS)
                .inNamespace("again")
                .withName("again-deployment")
                .edit(it -> {
                    it.getMetadata().setFinalizers(List.of("karmada.io/binding-controller"));
                    return it;
                });
        admin.genericKubernetesResources(BINDINGS)
                .inNamespace("again")
                .withName("again-deployment")
                .delete();
        Await.until(SOON, () -> {
            assertThat(observe(key).byCluster()).isEmpty();
            assertThat(observe(key).message()).contains("again-deployment of a former workload");
        });
    }

    @Test
    void whatIsNotTheServicesIsNotTouched() throws Exception {
        StepKey foreign = deployed("foreign", "somebody");
        assertThat(karmada.runtime().observe(List.of(foreign.workload()))).isEmpty();
        assertThatThrownBy(() -> karmada.runtime().ensureShares(foreign, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        assertThat(replicas("foreign")).isEqualTo(1);

        StepKey absent = key("absent");
        assertThatThrownBy(() -> karmada.runtime().ensureShares(absent, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void aWorkloadThatAClusterWidePolicyHasIsRefused() throws Exception {
        StepKey key = deployed("wide", "Helm");
        admin.apps().deployments().inNamespace("wide").withName("wide").edit(it -> {
            it.getMetadata().getLabels().put("clusterpropagationpolicy.karmada.io/name", "everything");
            return it;
        });
        assertThatThrownBy(() -> karmada.runtime().ensureShares(key, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("everything");
    }

    @Test
    void servicesAreExportedAndImportedUnlessTheChartDoesIt() throws Exception {
        StepKey key = deployed("net", "Helm");
        admin.load(stream("""
                apiVersion: v1
                kind: Service
                metadata: {name: net, namespace: net}
                spec: {ports: [{name: web, port: 8080}], selector: {app: net}}
                """)).create();
        karmada.fabric().ensureReachable(key, List.of(M1), List.of(M2, M2));

        assertThat(policies("net"))
                .extracting(it -> it.getMetadata().getName())
                .contains("smo-net-export", "smo-net-import");
        assertThat(text(policy("net", "smo-net-import"))).contains("clusterNames=[m2]");
        karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        assertThat(policies("net")).extracting(it -> it.getMetadata().getName()).containsExactly("smo-net-export");
        karmada.fabric().remove(key);
        karmada.fabric().remove(key);
        assertThat(policies("net")).isEmpty();

        admin.load(
                        stream(
                                "apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata: {name: net, namespace: net}"))
                .create();
        karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        assertThat(policies("net")).isEmpty();
    }

    @Test
    void theRightsAreEnoughForAllOfThisAndForNoMore() {
        try (ApiServerConnection smo =
                new ApiServerConnection(link(), reference -> Optional.of(server.kubeconfig("smo")))) {
            List<AdapterException> refused = new ArrayList<>();
            for (Runnable forbidden : List.<Runnable>of(
                    () -> smo.call("Read secrets", client -> client.secrets()
                            .inNamespace("kube-system")
                            .list()),
                    () -> smo.call("Delete", client -> client.apps()
                            .deployments()
                            .inNamespace("x")
                            .withName("x")
                            .delete()),
                    () -> smo.call(
                            "Read pods",
                            client -> client.pods().inAnyNamespace().list()))) {
                try {
                    forbidden.run();
                } catch (AdapterException e) {
                    refused.add(e);
                }
            }
            assertThat(refused).hasSize(3).allSatisfy(e -> {
                assertThat(e.kind()).isEqualTo(Kind.REFUSED);
                assertThat(e.getMessage()).contains("HTTP 403", "docs/operate/rbac");
            });
        }
    }

    @Test
    void whatWasKnownStaysWhileTheControlPlaneIsAwayAndGoesOnWhenItIsBack() throws Exception {
        StepKey key = deployed("away", "Helm");
        Await.until(SOON, () -> assertThat(observe(key)).isNotNull());
        server.kill();
        Await.until(Duration.ofSeconds(15), () -> assertThatThrownBy(() -> observe(key))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE)));
        assertThat(karmada.clusters().clusters()).hasSize(2);

        server.start();
        cluster("m7", "True");
        Await.until(
                Duration.ofSeconds(15), () -> assertThat(state("m7").ready()).isTrue());
        Await.until(Duration.ofSeconds(15), () -> assertThat(observe(key)).isNotNull());
        admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                .withName("m7")
                .delete();
        Await.until(SOON, () -> assertThat(karmada.clusters().clusters()).hasSize(2));
    }

    @Test
    void aControlPlaneThatHangsIsNoticedAlthoughItsWatchesStayOpen() throws Exception {
        StepKey key = deployed("frozen", "Helm");
        Await.until(SOON, () -> assertThat(observe(key)).isNotNull());
        server.freeze(true);
        try {
            Await.until(SOON, () -> assertThatThrownBy(() -> observe(key))
                    .isInstanceOfSatisfying(
                            AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE)));
            assertThat(karmada.clusters().clusters()).hasSize(2).allSatisfy(it -> assertThat(it.observedAt())
                    .isBefore(Instant.now().minusSeconds(3)));
        } finally {
            server.freeze(false);
        }
        Await.until(SOON, () -> assertThat(observe(key)).isNotNull());
    }

    @Test
    void aPolicyOfOursGetsTheWorkloadThatWasMadeAnewAsItsOwner() throws Exception {
        StepKey key = deployed("anew", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        var deployment = admin.apps().deployments().inNamespace("anew").withName("anew");
        Deployment again = deployment.get();
        deployment.delete();
        again.getMetadata().setResourceVersion("");
        again.getMetadata().setUid("");
        admin.resource(again).create();
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));

        assertThat(policy("anew", "smo-anew").getMetadata().getOwnerReferences())
                .extracting(it -> it.getUid())
                .containsExactly(admin.apps()
                        .deployments()
                        .inNamespace("anew")
                        .withName("anew")
                        .get()
                        .getMetadata()
                        .getUid());
    }

    @Test
    void noClusterEverRunsMoreThanBeforeOrAfter() throws Exception {
        StepKey key = deployed("fewer", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 2), new Share(M2, 4)));
        List<Integer> onM1 = new CopyOnWriteArrayList<>();
        AtomicInteger replicas = new AtomicInteger(4);
        AtomicInteger override = new AtomicInteger(2);
        Runnable seen = () -> onM1.add(override.get() > 0 ? override.get() : replicas.get());
        Watch deployments = admin.apps().deployments().inNamespace("fewer").watch(told(it -> {
            replicas.set(it.getSpec().getReplicas());
            seen.run();
        }));
        Watch policies = admin.genericKubernetesResources(OVERRIDES)
                .inNamespace("fewer")
                .watch(told(it -> {
                    override.set(text(it).contains("clusterNames=[m1]") ? 2 : 0);
                    seen.run();
                }));
        try {
            karmada.runtime().ensureShares(key, List.of(new Share(M1, 2), new Share(M2, 1)));
            Await.until(SOON, () -> {
                assertThat(replicas).hasValue(2);
                assertThat(override).hasValue(0);
            });
        } finally {
            deployments.close();
            policies.close();
        }
        assertThat(onM1).containsOnly(2);
    }

    private static <T> Watcher<T> told(Consumer<T> change) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T item) {
                change.accept(item);
            }

            @Override
            public void onClose(WatcherException cause) {
                // the test is over
            }
        };
    }
}
