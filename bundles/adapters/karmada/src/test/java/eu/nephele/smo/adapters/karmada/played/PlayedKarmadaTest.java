// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.played;

import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.CLUSTERS;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.EXPORTS;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.IMPORTS;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.M1;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.M2;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.M3;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.OVERRIDES;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.POLICIES;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.await;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes to the control plane of a Karmada, and reads of its clusters. */
@Timeout(90)
class PlayedKarmadaTest {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private PlayedFederation federation;

    @BeforeEach
    void start() throws Exception {
        federation = new PlayedFederation();
    }

    @AfterEach
    void end() {
        federation.close();
    }

    private void run(StepKey key, Share... shares) {
        federation.karmada.runtime().ensureShares(key, List.of(shares));
    }

    private AdapterException refused(StepKey key, Share... shares) {
        return catchThrowableOfType(AdapterException.class, () -> run(key, shares));
    }

    private static Share share(ClusterId cluster, int replicas) {
        return new Share(cluster, replicas);
    }

    @Test
    void aPolicyOfOursNamesEveryClusterAndEndsWithTheWorkload() {
        StepKey key = federation.deployed("plain");
        run(key, share(M3, 2), share(M1, 2), share(M2, 2));

        assertThat(federation.clustersOf("plain", "smo-plain")).containsExactlyInAnyOrder("m1", "m2", "m3");
        assertThat(federation.replicas("plain")).isEqualTo(2);
        assertThat(federation.names(OVERRIDES, "plain")).isEmpty();
        GenericKubernetesResource policy = federation.resource(POLICIES, "plain", "smo-plain");
        assertThat(policy.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(policy.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo("plain"));
        assertThat(UntypedObject.from(policy).at("spec", "resourceSelectors").list())
                .extracting(it -> it.at("kind").text().orElse(""))
                .containsExactly("Deployment", "Service");
        var workload = federation
                .admin
                .apps()
                .deployments()
                .inNamespace("plain")
                .withName("plain")
                .get();
        assertThat(workload.getMetadata().getAnnotations())
                .containsEntry("smo.nephele.eu/workload", "plain/g/plain")
                .containsEntry("smo.nephele.eu/key", key.toString());
        assertThat(workload.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "Helm");
    }

    @Test
    void theClustersOfAPolicyFollowTheShares() {
        StepKey key = federation.deployed("moves");
        run(key, share(M1, 1));
        assertThat(federation.clustersOf("moves", "smo-moves")).containsExactly("m1");
        run(key, share(M1, 1), share(M2, 1));
        assertThat(federation.clustersOf("moves", "smo-moves")).containsExactly("m1", "m2");
        run(key, share(M2, 1));
        assertThat(federation.clustersOf("moves", "smo-moves")).containsExactly("m2");
    }

    @Test
    void whatIsAsWantedIsNotWrittenAgain() {
        StepKey key = federation.deployed("same");
        run(key, share(M1, 2), share(M2, 3));
        long before = federation.writes();
        run(key, share(M2, 3), share(M1, 2));
        assertThat(federation.writes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusterAffinity: {clusterNames: [m3]}", ""})
    void thePolicyOfTheChartGetsEveryClusterAndOursGoes(String placement) {
        StepKey key = federation.deployed("chart");
        run(key, share(M1, 1));
        federation.chartPolicy("chart", placement);
        run(key, share(M1, 1), share(M2, 1));

        assertThat(federation.clustersOf("chart", "chart")).containsExactlyInAnyOrder("m1", "m2");
        assertThat(federation.names(POLICIES, "chart")).containsExactly("chart");
        assertThat(federation
                        .object(POLICIES, "chart", "chart")
                        .at("spec", "priority")
                        .number())
                .contains(7);
        assertThat(federation.resource(POLICIES, "chart", "chart").getMetadata().getLabels())
                .isNullOrEmpty();
    }

    @Test
    void theOrderInWhichAChartNamesItsClustersDoesNotMatter() {
        StepKey key = federation.deployed("order");
        federation.chartPolicy("order", "clusterAffinity: {clusterNames: [m2, m1]}");
        run(key, share(M1, 1), share(M2, 1));

        assertThat(federation.clustersOf("order", "order")).containsExactly("m2", "m1");
    }

    @Test
    void clustersWithOtherNumbersGetAnOverrideUntilTheyAreAlikeAgain() {
        StepKey key = federation.deployed("uneven");
        run(key, share(M1, 2), share(M2, 4), share(M3, 4));

        assertThat(federation.replicas("uneven")).isEqualTo(4);
        List<UntypedObject> rules = federation
                .object(OVERRIDES, "uneven", "smo-uneven")
                .at("spec", "overrideRules")
                .list();
        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).at("targetCluster", "clusterNames").texts()).containsExactly("m1");
        assertThat(rules.get(0)
                        .at("overriders", "plaintext")
                        .list()
                        .get(0)
                        .at("value")
                        .number())
                .contains(2);
        run(key, share(M1, 4), share(M2, 4));
        assertThat(federation.names(OVERRIDES, "uneven")).isEmpty();
        run(key, share(M1, 4), share(M2, 1));
        assertThat(federation.replicas("uneven")).isEqualTo(4);
        assertThat(federation.names(OVERRIDES, "uneven")).containsExactly("smo-uneven");
    }

    @Test
    void aPolicyThatDividesDoesNotDoSoAnyMore() {
        // one more cluster would take replicas from those that serve
        StepKey key = federation.deployed("divided");
        federation.chartPolicy(
                "divided",
                "clusterAffinity: {clusterNames: [m1]}, replicaScheduling: {replicaSchedulingType: Divided,"
                        + " replicaDivisionPreference: Weighted, weightPreference: {dynamicWeight: AvailableReplicas}}");
        run(key, share(M1, 3), share(M2, 3));
        assertThat(federation.replicas("divided")).isEqualTo(3);
        UntypedObject scheduling =
                federation.object(POLICIES, "divided", "divided").at("spec", "placement", "replicaScheduling");
        assertThat(scheduling.map()).containsExactly(Map.entry("replicaSchedulingType", "Duplicated"));

        run(key, share(M1, 1), share(M2, 4));
        assertThat(federation.replicas("divided")).isEqualTo(4);
        assertThat(federation.names(OVERRIDES, "divided")).containsExactly("smo-divided");
    }

    @Test
    void aClusterWithoutReplicasIsNamedOnlyWhereNoneHasAny() {
        StepKey key = federation.deployed("empty");
        run(key, share(M1, 0), share(M2, 3));
        assertThat(federation.clustersOf("empty", "smo-empty")).containsExactly("m2");
        run(key, share(M1, 0), share(M2, 0));
        assertThat(federation.clustersOf("empty", "smo-empty")).containsExactly("m1", "m2");
        assertThat(federation.replicas("empty")).isZero();
    }

    @Test
    void aStatefulSetIsRunLikewise() {
        StepKey key = federation.deployed("state", "StatefulSet", "Helm");
        run(key, share(M1, 2), share(M2, 2));

        assertThat(federation.clustersOf("state", "smo-state")).containsExactly("m1", "m2");
        assertThat(federation
                        .admin
                        .apps()
                        .statefulSets()
                        .inNamespace("state")
                        .withName("state")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }

    @Test
    void whatIsNotTheServicesIsNotTouched() {
        StepKey foreign = federation.deployed("foreign", "Deployment", "somebody");
        long before = federation.writes();
        assertThat(refused(foreign, share(M1, 3)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused(key("absent"), share(M1, 3)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThatIllegalArgumentException().isThrownBy(() -> run(foreign));
        assertThat(federation.writes()).isEqualTo(before);
    }

    @Test
    void aPolicyOfOthersUnderOurNameIsNotTouched() {
        StepKey key = federation.deployed("taken");
        federation.make(POLICIES, """
                apiVersion: policy.karmada.io/v1alpha1
                kind: PropagationPolicy
                metadata: {name: smo-taken, namespace: taken}
                spec: {resourceSelectors: [], placement: {clusterAffinity: {clusterNames: [m3]}}}
                """);
        assertThat(refused(key, share(M1, 1)))
                .hasFieldOrPropertyWithValue("kind", Kind.CONFLICT)
                .hasMessageContaining("PropagationPolicy taken/smo-taken does not belong to the SMO");
        assertThat(federation.clustersOf("taken", "smo-taken")).containsExactly("m3");
    }

    @Test
    void aPolicyOfOursThatIsJustLeavingIsMadeAnewAfterwards() {
        StepKey key = federation.deployed("leaving");
        run(key, share(M1, 1));
        var policy = federation
                .admin
                .genericKubernetesResources(POLICIES)
                .inNamespace("leaving")
                .withName("smo-leaving");
        policy.patch(MERGE, "{\"metadata\":{\"finalizers\":[\"test/held\"]}}");
        policy.delete();

        AdapterException waits = refused(key, share(M2, 1));
        assertThat(waits.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(waits.retryAfter()).isPresent();
        policy.patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        run(key, share(M2, 1));
        assertThat(federation.clustersOf("leaving", "smo-leaving")).containsExactly("m2");
    }

    @Test
    void clustersThatCannotBeChangedFromOutsideAreRefusedWithWhatToDo() {
        StepKey groups = federation.deployed("groups");
        federation.chartPolicy("groups", "clusterAffinities: [{affinityName: a, clusterNames: [m1]}]");
        assertThat(refused(groups, share(M2, 1)))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("clusterAffinities");

        StepKey wide = federation.deployed("wide");
        federation
                .admin
                .apps()
                .deployments()
                .inNamespace("wide")
                .withName("wide")
                .patch(
                        MERGE,
                        "{\"metadata\":{\"labels\":{\"clusterpropagationpolicy.karmada.io/name\":\"everything\"}}}");
        assertThat(refused(wide, share(M2, 1)))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("everything");
        assertThat(federation.names(POLICIES, "wide")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, REFUSED", "503, UNAVAILABLE", "409, CONFLICT"})
    void whatTheControlPlaneRefusesIsSaid(int code, Kind kind) {
        StepKey key = federation.deployed("refused");
        federation.server.refuse(call -> call.writes() && call.path().contains("propagationpolicies"), code);
        assertThat(refused(key, share(M1, 1)).kind()).isEqualTo(kind);
        federation.server.heal();
        run(key, share(M1, 1));
        assertThat(federation.clustersOf("refused", "smo-refused")).containsExactly("m1");
    }

    @Test
    void aMemberThatDoesNotAnswerIsSaidAndFailsNobodyElse() {
        // the control plane answers: if the failure counted as its own, it would get no calls for a while
        StepKey key = key("silent");
        federation.server.refuse(call -> call.path().contains("/m1/proxy/"), 503);
        await(() -> assertThat(federation.karmada.runtime().remains(List.of(key.workload()), Set.of(M1, M2)))
                .hasEntrySatisfying(key.workload(), left -> {
                    assertThat(left.byCluster()).containsOnlyKeys(M1);
                    assertThat(left.message()).startsWith("cluster m1 does not answer: List pods of silent on m1");
                }));
    }

    @Test
    void whereMembersAreNotProbedOneInPullModeIsNotWaitedFor() {
        ClusterId pull = new ClusterId("karmada", "pull");
        federation.server.refuse(call -> call.path().contains("/pull/proxy/"), 500);
        federation.make(PlayedFederation.CLUSTERS, """
                apiVersion: cluster.karmada.io/v1alpha1
                kind: Cluster
                metadata: {name: pull}
                spec: {syncMode: Pull}
                status: {conditions: [{type: Ready, status: "True"}]}
                """);
        await(() -> assertThat(federation.state(pull).ready()).isTrue());
        StepKey key = key("pulled");
        await(() -> assertThat(federation.karmada.runtime().remains(List.of(key.workload()), Set.of(pull)))
                .hasEntrySatisfying(key.workload(), left -> {
                    assertThat(left.byCluster()).isEmpty();
                    assertThat(left.unseen()).containsOnlyKeys(pull);
                }));
    }

    @Test
    void worksAreListedAgainLessOftenThanTheRest() throws Exception {
        federation.close();
        federation = new PlayedFederation(any -> {}, Duration.ofMillis(200));
        await(() -> {
            long works = lists("/apis/work.karmada.io/v1alpha1/works");
            assertThat(lists("/apis/apps/v1/deployments"))
                    .isGreaterThanOrEqualTo(10)
                    .isGreaterThan(2 * works);
        });
    }

    private long lists(String path) {
        return federation.server.calls().stream()
                .filter(call -> call.path().equals(path) && !call.query().contains("watch=true"))
                .count();
    }

    @Test
    void aMemberThatFallsSilentIsNotReadyAndOffersNothingUntilItAnswersAgain() throws Exception {
        // Karmada itself still reports it ready
        federation.close();
        federation = new PlayedFederation(
                server -> server.refuse(call -> isProbe(call, ""), 200), Duration.ofSeconds(60), Duration.ofSeconds(1));
        // a member that is probed again has answered
        await(() -> assertThat(probesOfM1()).isGreaterThan(1));
        assertThat(federation.state(M1).ready()).isTrue();

        federation.server.refuse(call -> isProbe(call, "m1"), 503);
        await(() -> assertThat(federation.state(M1).ready()).isFalse());
        assertThat(federation.state(M1).allocatable()).isEqualTo(Resources.NONE);
        assertThat(federation.state(M1).observedAt())
                .isBefore(federation.state(M2).observedAt());
        assertThat(federation.state(M2).ready()).isTrue();

        federation.server.refuse(call -> isProbe(call, ""), 200);
        await(() -> assertThat(federation.state(M1).ready()).isTrue());
        assertThat(federation.state(M1).allocatable().cpuMillis()).isEqualTo(4000);
    }

    private long probesOfM1() {
        return federation.server.calls().stream()
                .filter(call -> isProbe(call, "m1"))
                .count();
    }

    private static boolean isProbe(PlayedApiServer.ReceivedCall call, String member) {
        return call.path().endsWith(member + "/proxy/readyz");
    }

    @Test
    void servicesAreExportedAndImportedWhereTheyAreNeeded() {
        StepKey key = federation.deployed("net");
        assertThat(catchThrowableOfType(
                        AdapterException.class,
                        () -> federation.karmada.fabric().ensureReachable(key, List.of(M1), List.of(M2))))
                .hasMessageContaining("no Service of that name exists");
        federation.make(Service.class, """
                apiVersion: v1
                kind: Service
                metadata: {name: net, namespace: net}
                spec: {ports: [{name: web, port: 8080, protocol: TCP}, {port: 53, protocol: UDP}], selector: {app: net}}
                """);
        federation.karmada.fabric().ensureReachable(key, List.of(M1, M3), List.of(M2, M3, M2));

        assertThat(federation.clustersOf("net", "smo-net-export")).containsExactly("m1", "m3");
        assertThat(federation.clustersOf("net", "smo-net-import")).containsExactly("m2", "m3");
        assertThat(federation.object(IMPORTS, "net", "net").at("spec", "ports").list())
                .extracting(
                        it -> it.at("port").number().orElse(0),
                        it -> it.at("protocol").text().orElse(""))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(8080, "TCP"),
                        org.assertj.core.groups.Tuple.tuple(53, "UDP"));
        federation.karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        assertThat(federation.names(POLICIES, "net")).containsExactly("smo-net-export");
        assertThat(federation.names(IMPORTS, "net")).isEmpty();
        federation.karmada.fabric().remove(key);
        federation.karmada.fabric().remove(key);
        assertThat(federation.names(POLICIES, "net")).isEmpty();
        assertThat(federation.names(EXPORTS, "net")).isEmpty();
    }

    @Test
    void anExportThatTheChartBringsIsLeftAlone() {
        StepKey key = federation.deployed("own");
        federation.make(EXPORTS, """
                apiVersion: multicluster.x-k8s.io/v1alpha1
                kind: ServiceExport
                metadata: {name: own, namespace: own}
                """);
        federation.karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        federation.karmada.fabric().remove(key);

        assertThat(federation.names(POLICIES, "own")).isEmpty();
        assertThat(federation.names(EXPORTS, "own")).containsExactly("own");
    }

    @Test
    void clustersThatJoinChangeAndLeaveAreTold() {
        AtomicInteger told = new AtomicInteger();
        Subscription subscription = federation.karmada.clusters().subscribe(told::incrementAndGet);
        ClusterId m4 = new ClusterId("karmada", "m4");
        federation.cluster("m4", "True", "cpu: \"4\", memory: 8Gi, nvidia.com/gpu: \"2\"");
        await(() -> assertThat(federation.state(m4).ready()).isTrue());
        assertThat(federation.state(m4).free()).isEqualTo(new Resources(3000, 8L << 30, 0, 2));
        await(() -> assertThat(told).hasPositiveValue());

        federation
                .admin
                .genericKubernetesResources(CLUSTERS)
                .withName("m4")
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}");
        await(() -> assertThat(federation.state(m4).ready()).isFalse());
        federation.admin.genericKubernetesResources(CLUSTERS).withName("m4").delete();
        await(() -> assertThat(federation.karmada.clusters().clusters()).hasSize(3));
        subscription.close();
        assertThat(federation.karmada.clusters().target(M1).connection()).contains("file:karmada.kubeconfig");
    }

    @Test
    void oneBrokenClusterDoesNotSpoilTheOthers() {
        federation.cluster("broken", "True", "cpu: many");
        federation.cluster("m5", "True", "cpu: \"2\"");
        await(() -> assertThat(federation.karmada.clusters().clusters())
                .extracting(it -> it.id().name())
                .containsExactly("m1", "m2", "m3", "m5"));
    }

    @Test
    void whatAClusterSaysOfItselfIsSignalsAndNetworks() {
        federation.admin.genericKubernetesResources(CLUSTERS).withName("m1").patch(MERGE, """
                {"metadata":{"annotations":{"smo.nephele.eu/pod-cidr":"10.1.0.0/16","smo.nephele.eu/service-cidr":"10.2.0.0/16",
                 "smo.nephele.eu/carbon-intensity":"120","smo.nephele.eu/price":"0.25"}}}""");
        await(() -> assertThat(federation.karmada.fabric().networks())
                .singleElement()
                .satisfies(network -> assertThat(network.cluster()).isEqualTo(M1)));

        assertThat(federation.karmada.signals().signals(List.of(M1, M2, new ClusterId("other", "m1"))))
                .containsOnlyKeys(M1);
        assertThat(federation.karmada.signals().latencyMillis(List.of(M1, M2))).isEqualTo(Map.of());
    }

    @Test
    void whatRunsIsSeenThroughItsWatches() {
        StepKey key = federation.deployed("seen");
        AtomicInteger told = new AtomicInteger();
        run(key, share(M1, 2));
        Subscription subscription = federation.karmada.runtime().subscribe(ref -> told.incrementAndGet());
        await(() -> assertThat(federation
                        .karmada
                        .runtime()
                        .observe(List.of(key.workload(), key("absent").workload())))
                .containsOnlyKeys(key.workload()));
        federation
                .admin
                .apps()
                .deployments()
                .inNamespace("seen")
                .withName("seen")
                .scale(3);
        await(() -> assertThat(told).hasPositiveValue());
        federation
                .admin
                .apps()
                .deployments()
                .inNamespace("seen")
                .withName("seen")
                .delete();
        await(() -> assertThat(Optional.ofNullable(federation
                        .karmada
                        .runtime()
                        .observe(List.of(key.workload()))
                        .get(key.workload())))
                .isEmpty());
        subscription.close();
    }
}
