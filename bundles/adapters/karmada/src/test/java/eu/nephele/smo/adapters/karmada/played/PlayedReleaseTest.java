// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.played;

import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.BINDINGS;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.CLUSTERS;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.M1;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.POLICIES;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.await;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.karmada.ReleaseYaml;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.KubernetesQuantities;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.WorkloadCache;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service whose release has other workloads beside its own, or is a DaemonSet or a Job. */
@Timeout(90)
class PlayedReleaseTest {

    private static final String NEW_AND_OLD =
            "{desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 1,"
                    + " numberReady: 2, numberAvailable: 2, generation: 1, observedGeneration: 1, resourceTemplateGeneration: 1}";
    private static final String NEW =
            "{desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 3,"
                    + " numberReady: 3, numberAvailable: 3, generation: 1, observedGeneration: 1, resourceTemplateGeneration: 1}";

    private PlayedFederation federation;

    @BeforeEach
    void start() throws Exception {
        federation = new PlayedFederation();
    }

    @AfterEach
    void end() {
        federation.close();
    }

    @Test
    void whatIsBesideAServiceGoesWhereItGoesAndIsWaitedForThere() {
        StepKey key = federation.deployed("shop");
        daemons("shop", "agent");
        run(key, 1);
        assertThat(UntypedObject.from(federation.resource(POLICIES, "shop", "smo-shop"))
                        .at("spec", "resourceSelectors")
                        .list())
                .extracting(it -> it.at("kind").text().orElse(""))
                .containsExactly("Deployment", "Service", "DaemonSet", "Service");

        bound(
                "Deployment",
                "shop",
                "shop",
                "{replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1,"
                        + " generation: 1, observedGeneration: 1, resourceTemplateGeneration: 1}");
        await(
                () -> assertThat(beside(key).waitsFor())
                        .isEqualTo(
                                "DaemonSet agent: Karmada has not scheduled it: ResourceBinding shop/agent-daemonset does not exist"));
        bound("DaemonSet", "shop", "agent", NEW_AND_OLD);
        await(() -> assertThat(beside(key).waitsFor())
                .startsWith("DaemonSet agent: 1 of 3 replicas are of the new revision"));
        assertThat(observed(key).byCluster().get(M1).waitsFor(1))
                .as("the service itself")
                .isEmpty();
        federation
                .admin
                .genericKubernetesResources(BINDINGS)
                .inNamespace("shop")
                .withName("agent-daemonset")
                .delete();
        bound("DaemonSet", "shop", "agent", NEW);
        await(() -> assertThat(observed(key).beside()).isEmpty());
    }

    @Test
    void whatNoWatchHasToldYetIsBesideAServiceAsSoonAsItWasRead() {
        // an update that adds only a Job must not complete before the Job is observed
        StepKey key = federation.deployed("web");
        federation.make(Job.class, job("web", "migrate"));
        ScheduledExecutorService idle = Executors.newSingleThreadScheduledExecutor();
        try (ApiServerConnection connection = federation.connection();
                WorkloadCache unwatched = new WorkloadCache(
                        connection,
                        new WorkloadReader(new PodReader(new KubernetesQuantities(Set.of()))),
                        List.of(),
                        any -> {},
                        idle,
                        Duration.ofSeconds(60))) {
            ObservedWorkload web = unwatched.now(key.workload()).orElseThrow();
            assertThat(unwatched.beside(web)).isEmpty();
            assertThat(unwatched.besideNow(web)).isEqualTo(unwatched.beside(web));
            assertThat(unwatched.beside(web)).extracting(ObservedWorkload::name).containsExactly("migrate");
        } finally {
            idle.shutdownNow();
        }
    }

    @Test
    void whatKarmadaHasNotScheduledYetIsWaitedFor() {
        // between its ResourceBinding and its clusters it must not count as complete
        StepKey key = federation.deployed("web");
        federation.make(Job.class, job("web", "migrate"));
        run(key, 1);
        bound("Deployment", "web", "web", "{}");
        federation.make(
                BINDINGS, binding("Job", "web", "migrate", "[]").replace("clusters: [{name: m1}]", "clusters: []"));
        await(() -> assertThat(beside(key).waitsFor())
                .isEqualTo(
                        "Job migrate: Karmada has not scheduled it, ResourceBinding web/migrate-job has no cluster"));
    }

    @Test
    void podsThatAreMissingAreComparedWithTheNodesThatAreAway() {
        StepKey key = federation.deployed("shop");
        daemons("shop", "agent");
        run(key, 1);
        bound("Deployment", "shop", "shop", "{}");
        bound("DaemonSet", "shop", "agent", NEW.replace("numberAvailable: 3", "numberAvailable: 2"));
        await(() -> assertThat(beside(key).waitsFor()).startsWith("DaemonSet agent: 2 of 3 replicas are ready"));
        assertThat(beside(key).lacksNodes()).isFalse();
        federation
                .admin
                .genericKubernetesResources(CLUSTERS)
                .withName("m1")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"nodeSummary\": {\"totalNum\": 3, \"readyNum\": 2}}}");
        await(() -> assertThat(beside(key).lacksNodes()).isTrue());
    }

    @Test
    void aJobBesideThatHasFailedIsTold() {
        StepKey key = federation.deployed("web");
        federation.make(Job.class, job("web", "migrate"));
        run(key, 1);
        bound("Deployment", "web", "web", "{}");
        bound(
                "Job",
                "web",
                "migrate",
                "{failed: 7, conditions: [{type: Failed, status: 'True',"
                        + " reason: BackoffLimitExceeded, message: Job has reached the specified backoff limit}]}");
        await(() -> assertThat(beside(key))
                .isEqualTo(new Beside(
                        "Job migrate: BackoffLimitExceeded: Job has reached the specified backoff limit",
                        true,
                        beside(key).madeAt())));
        assertThat(beside(key).madeAt()).isPresent();
        assertThat(observed(key).failure()).as("of the service itself").isEmpty();
    }

    private Beside beside(StepKey key) {
        List<Beside> others = observed(key).beside().getOrDefault(M1, List.of());
        assertThat(others).isNotEmpty();
        return others.get(0);
    }

    @Test
    void aServiceThatIsADaemonSetIsOneReplicaAndIsNotScaled() {
        StepKey key = key("agent");
        federation.namespace("agent");
        daemons("agent", "agent");
        AdapterException refused = catchThrowableOfType(AdapterException.class, () -> run(key, 3));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("the replicas of a DaemonSet cannot be set");
        run(key, 1);
        bound("DaemonSet", "agent", "agent", NEW_AND_OLD);
        await(() -> assertThat(observed(key).byCluster().get(M1).waitsFor(1))
                .contains("0 of 1 replicas are of the new revision"));
        assertThat(observed(key).message()).contains("m1: 1 of 3 replicas are of the new revision");
        federation
                .admin
                .genericKubernetesResources(BINDINGS)
                .inNamespace("agent")
                .withName("agent-daemonset")
                .delete();
        bound("DaemonSet", "agent", "agent", NEW);
        await(() -> assertThat(observed(key).byCluster().get(M1).waitsFor(1)).isEmpty());
        assertThat(observed(key).byCluster().get(M1).desiredReplicas()).isEqualTo(1);
    }

    @Test
    void whatItsChartPlacesIsOnlyMarked() {
        StepKey key = federation.deployed("fixed");
        daemons("fixed", "agent");
        federation.karmada.runtime().ensureMarked(key("absent"));
        federation.karmada.runtime().ensureMarked(key);
        var workload = federation
                .admin
                .apps()
                .deployments()
                .inNamespace("fixed")
                .withName("fixed")
                .get();
        assertThat(workload.getMetadata().getAnnotations())
                .hasEntrySatisfying("smo.nephele.eu/revision", mark -> assertThat(mark)
                        .startsWith(workload.getMetadata().getUid()));
        assertThat(federation
                        .admin
                        .apps()
                        .daemonSets()
                        .inNamespace("fixed")
                        .withName("agent")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("smo.nephele.eu/revision");
        assertThat(federation.names(POLICIES, "fixed")).isEmpty();
        long before = federation.writes();
        federation.karmada.runtime().ensureMarked(key);
        assertThat(federation.writes()).isEqualTo(before);
    }

    @Test
    void aServiceWithoutReplicasIsCompleteWhereNoneIsLeft() {
        for (String kind : List.of("Deployment", "StatefulSet")) {
            String name = kind.toLowerCase(java.util.Locale.ROOT);
            StepKey key = federation.deployed(name, kind, "Helm");
            run(key, 0);
            bound(kind, name, name, "{generation: 2, observedGeneration: 2, resourceTemplateGeneration: 2}");
            await(() ->
                    assertThat(observed(key).byCluster().get(M1).waitsFor(0)).isEmpty());
            assertThat(observed(key).byCluster().get(M1).desiredReplicas()).isZero();
            assertThat(observed(key).message()).isEmpty();
        }
    }

    @Test
    void aDaemonSetOfWhichNothingIsToldYetIsNotOneWithoutNodes() {
        StepKey key = key("quiet");
        federation.namespace("quiet");
        daemons("quiet", "quiet");
        federation.make(BINDINGS, binding("DaemonSet", "quiet", "quiet", "[]"));
        await(() -> assertThat(observed(key).byCluster().get(M1).waitsFor(1)).isPresent());
    }

    @Test
    void whoMayNotSeeDaemonSetsAndJobsGoesOnWithoutThem() throws Exception {
        federation.close();
        federation = new PlayedFederation(
                server -> server.refuse(
                        call -> call.path().endsWith("/daemonsets")
                                || call.path().endsWith("/jobs"),
                        403),
                Duration.ofSeconds(60));
        StepKey key = federation.deployed("old");
        run(key, 1);
        await(() -> assertThat(federation.karmada.runtime().observe(List.of(key.workload())))
                .containsKey(key.workload()));
    }

    @Test
    void whatIsBesideAndMayNotBeMarkedIsJudgedAsKarmadaTellsIt() {
        StepKey key = federation.deployed("shop");
        daemons("shop", "agent");
        federation.make(Job.class, job("shop", "migrate"));
        federation.server.refuse(
                call -> call.method().equals("PATCH")
                        && (call.path().contains("/daemonsets/") || call.path().contains("/jobs/")),
                403);
        run(key, 1);
        federation.karmada.runtime().ensureMarked(key);
        assertThat(federation
                        .admin
                        .apps()
                        .daemonSets()
                        .inNamespace("shop")
                        .withName("agent")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .doesNotContainKey("smo.nephele.eu/revision");

        bound("Deployment", "shop", "shop", "{}");
        bound("Job", "shop", "migrate", "{succeeded: 2, conditions: [{type: Complete, status: 'True'}]}");
        bound("DaemonSet", "shop", "agent", ofOldKarmada(NEW_AND_OLD));
        await(() -> assertThat(beside(key).waitsFor())
                .startsWith("DaemonSet agent: 1 of 3 replicas are of the new revision"));
        unbound("shop", "agent-daemonset");
        bound("DaemonSet", "shop", "agent", ofOldKarmada(NEW));
        await(() -> assertThat(observed(key).beside()).isEmpty());
    }

    @Test
    void aDeploymentBesideThatMayNotBeMarkedIsAnErrorAndOneThatHasGoneIsNone() {
        StepKey key = federation.deployed("shop");
        federation.make(Deployment.class, """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: worker
                  namespace: shop
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations: {meta.helm.sh/release-name: shop}
                spec:
                  selector: {matchLabels: {app: worker}}
                  template: {metadata: {labels: {app: worker}}, spec: {containers: [{name: main, image: x}]}}
                """);
        daemons("shop", "agent");
        federation.server.refuse(call -> isPatchOf(call, "/deployments/worker"), 403);
        assertThat(catchThrowableOfType(AdapterException.class, () -> run(key, 1))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        federation.server.refuse(
                call -> isPatchOf(call, "/deployments/worker") || isPatchOf(call, "/daemonsets/agent"), 404);
        run(key, 1);
        federation.karmada.runtime().ensureMarked(key);
        federation.server.refuse(call -> isPatchOf(call, "/deployments/worker"), 503);
        assertThat(catchThrowableOfType(AdapterException.class, () -> run(key, 1))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whoMayNotLookWhereAServiceWouldBeHasNothingOfItToMark() {
        StepKey elsewhere = key("elsewhere");
        federation.server.refuse(call -> call.path().contains("/namespaces/elsewhere/"), 403);
        federation.karmada.runtime().ensureMarked(elsewhere);
        federation.server.heal();

        StepKey ours = federation.deployed("ours");
        federation.server.refuse(call -> isPatchOf(call, "/deployments/ours"), 403);
        assertThat(catchThrowableOfType(
                                AdapterException.class,
                                () -> federation.karmada.runtime().ensureMarked(ours))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void whatItsChartLeavesOutIsNeitherPlacedNorWaitedFor() {
        StepKey key = federation.deployed("shop");
        daemons("shop", "agent");
        federation.make(Job.class, job("shop", "migrate"));
        run(key, 1);
        bound("Deployment", "shop", "shop", "{}");
        bound(
                "Job",
                "shop",
                "migrate",
                "{failed: 7, conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: m}]}");
        await(() -> assertThat(observed(key).beside().get(M1))
                .anySatisfy(agent -> assertThat(agent.waitsFor()).startsWith("DaemonSet agent"))
                .anySatisfy(migrate -> assertThat(migrate.waitsFor()).startsWith("Job migrate")));

        leaveOut(federation.admin.apps().daemonSets().inNamespace("shop").withName("agent"));
        leaveOut(federation.admin.batch().v1().jobs().inNamespace("shop").withName("migrate"));
        await(() -> assertThat(observed(key).beside()).isEmpty());
        assertThat(observed(key).failure()).isEmpty();
        run(key, 1);
        assertThat(UntypedObject.from(federation.resource(POLICIES, "shop", "smo-shop"))
                        .at("spec", "resourceSelectors")
                        .list())
                .extracting(it -> it.at("kind").text().orElse(""))
                .containsExactly("Deployment", "Service");
    }

    @Test
    void aHookOfTheNameOfAServiceHidesNothingThatIsLeftOfIt() {
        // hooks have no marks of Helm, and stay
        StepKey key = federation.deployed("web");
        federation.make(
                Job.class,
                job("web", "web").replace("managed-by: Helm", "name: web").replace("meta.helm.sh/", "any/"));
        run(key, 1);
        bound("Deployment", "web", "web", "{replicas: 1}");
        await(() -> assertThat(observed(key).byCluster()).containsKey(M1));
        federation.admin.apps().deployments().inNamespace("web").withName("web").delete();
        await(() -> {
            assertThat(federation.karmada.runtime().observe(List.of(key.workload())))
                    .isEmpty();
            assertThat(federation.karmada.runtime().remains(List.of(key.workload()), Set.of(M1)))
                    .hasEntrySatisfying(key.workload(), left -> assertThat(left.message())
                            .isEqualTo("Karmada is still deleting ResourceBinding web/web-deployment"));
        });
        unbound("web", "web-deployment");
        await(() -> assertThat(federation.karmada.runtime().remains(List.of(key.workload()), Set.of(M1)))
                .isEmpty());
    }

    private static boolean isPatchOf(PlayedApiServer.ReceivedCall call, String path) {
        return call.method().equals("PATCH") && call.path().endsWith(path);
    }

    private static String ofOldKarmada(String status) {
        return status.replace(", resourceTemplateGeneration: 1", "");
    }

    private static void leaveOut(Resource<?> workload) {
        workload.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\": {\"annotations\": {\"smo.nephele.eu/judged\": \"false\"}}}");
    }

    private void unbound(String namespace, String binding) {
        federation
                .admin
                .genericKubernetesResources(BINDINGS)
                .inNamespace(namespace)
                .withName(binding)
                .delete();
    }

    private void run(StepKey key, int replicas) {
        federation.karmada.runtime().ensureShares(key, List.of(new Share(M1, replicas)));
    }

    private WorkloadObservation observed(StepKey key) {
        return Objects.requireNonNull(
                federation.karmada.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    private void daemons(String release, String name) {
        federation.make(DaemonSet.class, ReleaseYaml.daemonSet(release, name));
    }

    private static String job(String release, String name) {
        return ReleaseYaml.job(release, name, 2);
    }

    private void bound(String kind, String namespace, String name, String status) {
        federation.make(
                BINDINGS,
                binding(kind, namespace, name, "[{clusterName: m1, applied: true, status: %s}]".formatted(status)));
    }

    private static String binding(String kind, String namespace, String name, String aggregated) {
        return """
                apiVersion: work.karmada.io/v1alpha2
                kind: ResourceBinding
                metadata: {name: %3$s-%4$s, namespace: %2$s}
                spec:
                  clusters: [{name: m1}]
                  resource: {kind: %1$s, namespace: %2$s, name: %3$s}
                status: {aggregatedStatus: %5$s}
                """.formatted(kind, namespace, name, kind.toLowerCase(java.util.Locale.ROOT), aggregated);
    }
}
