// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.artifact;
import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.key;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static eu.nephele.smo.lab.simulator.Lab.request;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldAction.BreakArtifact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeployerTest {

    private final Lab lab = new Lab();
    private final WorkloadDeployer deployer = lab.world.deployer();

    @Test
    void doesNothingWhenTheReleaseIsLikeThatAlready() {
        ReleaseState first = deployer.ensureInstalled(request("web", 2, cores(1), "a"));
        lab.passStartup();
        ReleaseState again = deployer.ensureInstalled(request("web", 2, cores(1), "a"));

        assertThat(again).isEqualTo(first);
        assertThat(again.revision()).isEqualTo(1);
        assertThat(lab.ready("web")).isEqualTo(2);
    }

    @Test
    void keepsReplicasThatWereChangedMeanwhileWhenAnInstallationRunsAgain() {
        lab.install("web", 1, 1, "a");
        lab.shares("web", 2, share("a", 3));
        lab.install("web", 1, 1, "a");

        assertThat(lab.on("web").get(id("a")).desiredReplicas()).isEqualTo(3);
    }

    @Test
    void keepsReplicasAndPodsWhenOnlyValuesChange() {
        lab.install("web", 1, 1, "a");
        lab.shares("web", 2, share("a", 3));
        lab.passStartup();
        ReleaseState state = deployer.ensureInstalled(withValues("web", affinity("serviceImportClusters", "b"), "a"));

        assertThat(state.revision()).isEqualTo(3);
        assertThat(lab.ready("web")).isEqualTo(3);
    }

    @Test
    void replacesThePodsOneAfterTheOtherWhenChartOrRequestsChange() {
        // old and new pods run together, and the ready ones need not be the new ones
        lab.install("web", 2, 1, "a");
        lab.passStartup();
        deployer.ensureInstalled(request("web", 2, cores(2), "a"));

        assertThat(lab.on("web")).containsEntry(id("a"), new OnCluster(2, 2, 1, 1, 1, true, requests(3)));
        lab.passStartup();
        assertThat(lab.on("web")).containsEntry(id("a"), new OnCluster(2, 2, 2, 1, 1, true, requests(4)));
        lab.passStartup();
        assertThat(lab.on("web")).containsEntry(id("a"), new OnCluster(2, 2, requests(4)));
        assertThat(lab.world.overbookedEver()).isFalse();
    }

    @Test
    void podsOfABrokenArtifactNeverBecomeReadyAndTheOldOnesServeOn() {
        lab.install("web", 2, 1, "a");
        lab.passStartup();
        lab.world.apply(new BreakArtifact(Lab.artifact("web").reference()));
        deployer.ensureInstalled(request("web", 2, cores(2), "a"));
        for (int i = 0; i < 10; i++) {
            lab.passStartup();
        }

        assertThat(lab.on("web")).containsEntry(id("a"), new OnCluster(2, 2, 1, 1, 1, true, requests(3)));
        lab.shares("web", 2, share("a", 1));
        assertThat(lab.on("web").get(id("a")).updatedReplicas())
                .isEqualTo(lab.on("web").get(id("a")).replicas());
    }

    /** Requests of two pods of one MiB each, with that many cores. */
    private static Resources requests(double cores) {
        return new Resources(Math.round(cores * 1000), 2 << 20, 0, 0);
    }

    @Test
    void followsNewTargets() {
        lab.install("web", 1, 1, "a");
        lab.install("web", 1, 1, "b");

        assertThat(lab.on("web")).containsOnlyKeys(id("b"));
    }

    @Test
    void leavesItToTheSharesHowReplicasAreSplitOverSeveralTargets() {
        lab.install("web", 4, 1, "a", "b");
        assertThat(lab.on("web").values()).allMatch(there -> there.desiredReplicas() == 0);
        lab.shares("web", 1, share("a", 4), share("b", 1));
        lab.passStartup();

        assertThat(lab.ready("web")).isEqualTo(5);
        assertThat(lab.world.overbookedEver()).isFalse();
    }

    @Test
    void adoptsAReleaseForANewAssignmentWithoutANewRevision() {
        lab.install("web", 1, 1, "a");
        InstallRequest same = request("web", 1, cores(1), "a");
        ReleaseState state = deployer.ensureInstalled(new InstallRequest(
                key("web", 7),
                same.artifact(),
                same.values(),
                same.targets(),
                1,
                same.perReplica(),
                2,
                "installation-2",
                Set.of()));

        assertThat(state.assignment()).isEqualTo(7);
        assertThat(state.owner()).isEqualTo("installation-2");
        assertThat(state.revision()).isEqualTo(1);
    }

    @Test
    void saysWhoOwnsAReleaseAndWhatIsInIt() {
        InstallRequest request = withValues("web", affinity("clustersAffinity", "b"), "a");
        ReleaseState state = deployer.ensureInstalled(request);

        assertThat(state.owner()).isEqualTo(Lab.OWNER);
        assertThat(state.digest()).isEqualTo(request.digest());
    }

    @Test
    void removesOnceAndOnlyOnce() {
        lab.install("web", 1, 1, "a");
        deployer.ensureRemoved(key("web", 2), Lab.OWNER);
        deployer.ensureRemoved(key("web", 2), Lab.OWNER);

        assertThat(deployer.state(ref("web"))).isEmpty();
        assertThat(deployer.owned()).isEmpty();
    }

    @Test
    void listsWhatIsOwnedInOrder() {
        lab.install("web", 1, 1, "a");
        lab.install("api", 1, 1, "b");

        assertThat(deployer.owned()).extracting(ReleaseState::workload).containsExactly(ref("api"), ref("web"));
        assertThat(deployer.state(ref("api"))).map(ReleaseState::status).contains(ReleaseState.Status.DEPLOYED);
    }

    @Test
    void refusesANameThatAnotherGraphHasInTheNamespace() {
        lab.install("web", 1, 1, "a");
        WorkloadRef other = new WorkloadRef(new GraphId("p", "other"), "web");
        InstallRequest request = request("web", 1, cores(1), "a");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> deployer.ensureInstalled(new InstallRequest(
                        new StepKey(other, 1, "install"),
                        request.artifact(),
                        request.values(),
                        request.targets(),
                        1,
                        cores(1),
                        1,
                        Lab.OWNER,
                        Set.of())))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .withMessageContaining("belongs to graph p/g");
        deployer.ensureRemoved(new StepKey(other, 1, "remove"), Lab.OWNER);
        assertThat(deployer.state(ref("web"))).isPresent();
    }

    @Test
    void refusesClustersThatAreNotThereAndLeavesNoTrace() {
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> lab.install("web", 1, 1, "c9"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .withMessageContaining("cluster c9 is not in the simulated federation");
        InstallRequest request = request("web", 1, cores(1), "a");
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> deployer.ensureInstalled(new InstallRequest(
                        request.key(),
                        request.artifact(),
                        request.values(),
                        List.of(ClusterTarget.of(new ClusterId("karmada", "a"))),
                        1,
                        cores(1),
                        1,
                        Lab.OWNER,
                        Set.of())))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(deployer.owned()).isEmpty();
    }

    @Test
    void putsReleasesWithoutTargetsWhereTheirValuesSay() {
        deployer.ensureInstalled(withValues("web", affinity("clustersAffinity", "b")));
        assertThat(lab.on("web")).containsOnlyKeys(id("b"));
    }

    @Test
    void putsWebOfThingsReleasesWhereTheirChartValuesSay() {
        deployer.ensureInstalled(
                withValues("vo", new JsonObject(Map.of("voChartOverwrite", affinity("clustersAffinity", "b")))));
        assertThat(lab.on("vo")).containsOnlyKeys(id("b"));
    }

    @Test
    void putsReleasesThatNobodyPlacesOnTheFirstCluster() {
        deployer.ensureInstalled(withValues("web", JsonObject.EMPTY));
        assertThat(lab.on("web")).containsOnlyKeys(id("a"));
    }

    @Test
    void putsChartsWhereTheScenarioSaysBeforeItLooksAtTheirValues() {
        Scenario plain = Scenario.of(Duration.ZERO, Lab.cluster("a", 4), Lab.cluster("b", 4));
        Lab scripted = new Lab(plain.withCharts(Map.of("web", new ChartModel(List.of("b"), Optional.empty()))));
        scripted.world.deployer().ensureInstalled(withValues("web", affinity("clustersAffinity", "a")));

        assertThat(scripted.on("web")).containsOnlyKeys(id("b"));
    }

    @Test
    void podsAskForWhatTheValuesSayWhereTheChartHasResources() {
        deployer.ensureInstalled(withValues("web", resources("1500m", "256Mi"), "a"));
        assertThat(lab.on("web").get(id("a")).requested())
                .isEqualTo(new Resources(1500, 256L << 20, cores(1).storageBytes(), 0));
        assertThat(deployer.defaultValues(artifact("web")).orElseThrow().get("resources"))
                .contains(JsonObject.EMPTY);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> deployer.ensureInstalled(withValues("web", resources("much", "256Mi"), "a")))
                .withMessageContaining("resources.requests.cpu: \"much\" is no quantity");
    }

    @Test
    void aChartWithoutResourcesIgnoresThem() {
        Resources own = new Resources(700, 1L << 30, 0, 0);
        Lab fixed = new Lab(Scenario.of(Duration.ZERO, Lab.cluster("a", 4))
                .withCharts(Map.of("web:1.0", new ChartModel(List.of(), Optional.of(own)))));
        fixed.world.deployer().ensureInstalled(withValues("web", resources("1500m", "256Mi"), "a"));
        assertThat(fixed.on("web").get(id("a")).requested()).isEqualTo(own);
        assertThat(fixed.world.deployer().defaultValues(artifact("web"))).contains(JsonObject.EMPTY);
    }

    private static JsonObject resources(String cpu, String memory) {
        JsonObject requests = JsonObject.EMPTY.with("cpu", new JsonString(cpu)).with("memory", new JsonString(memory));
        return JsonObject.EMPTY.with("resources", JsonObject.EMPTY.with("requests", requests));
    }

    private static JsonObject affinity(String member, String cluster) {
        return new JsonObject(Map.of(member, JsonArray.ofStrings(List.of(cluster))));
    }

    private static InstallRequest withValues(String service, JsonObject values, String... clusters) {
        InstallRequest plain = request(service, 1, cores(1), clusters);
        return new InstallRequest(
                plain.key(), artifact(service), values, plain.targets(), 1, plain.perReplica(), 1, Lab.OWNER, Set.of());
    }
}
