// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs whose project has a quota: they wait for it, grow as far as it allows, and move as they like. */
class QuotaTest {

    private static final QuotaMember CPU = new QuotaMember("cpu");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        Resources large = new Resources(64_000, 256 * GIB, 1000 * GIB, 0);
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("a", large), ClusterModel.of("b", large)),
                "quota-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).as("a cluster was overbooked").isFalse();
        core.close();
    }

    private static GraphId id(String name) {
        return new GraphId("p", name);
    }

    private void quota(long cpu) {
        core.stores.quotas().put("p", Map.of(CPU, cpu));
        core.engine().quotaChanged();
    }

    private long used() {
        return core.stores.quotas().used("p").getOrDefault(CPU, 0L);
    }

    private void deploy(String name) {
        core.deploy("p", Hdag.of(name, name + "-web"));
    }

    private boolean runs(String name) {
        return core.view(id(name)).phase() == GraphPhase.RUNNING;
    }

    private long cpuOfOne() {
        deploy("first");
        core.passUntil(() -> runs("first"), SOON);
        return used();
    }

    private static Condition placed(GraphView view) {
        return view.conditions().stream()
                .filter(condition -> condition.type().equals(Condition.PLACED))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGraphBeyondTheQuotaWaitsAndSaysWhyUntilItIsRaised() {
        long one = cpuOfOne();
        quota(one);
        deploy("second");
        core.pass(SOON);

        GraphView waits = core.view(id("second"));
        assertThat(waits.phase()).isEqualTo(GraphPhase.PENDING);
        assertThat(placed(waits).reason()).isEqualTo("QuotaExceeded");
        assertThat(placed(waits).message())
                .contains("Quota of project p: cpu %s of %s used".formatted(CPU.shown(one), CPU.shown(one)));
        assertThat(used()).isEqualTo(one);
        core.stopEngine();
        core.startEngine();
        core.pass(SOON);
        assertThat(core.view(id("second")).phase()).as("after a restart").isEqualTo(GraphPhase.PENDING);

        quota(2 * one);
        core.passUntil(() -> runs("second"), Duration.ofSeconds(5));
        assertThat(used()).isEqualTo(2 * one);
        assertThat(placed(core.view(id("second"))).status()).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void aGraphThatWaitsGetsWhatAnotherOneOfTheProjectGivesBack() {
        quota(cpuOfOne());
        deploy("second");
        core.pass(SOON);
        core.stop(id("first"));
        core.passUntil(() -> runs("second"), SOON);
        core.start(id("first"));
        core.pass(SOON);
        assertThat(placed(core.view(id("first"))).reason()).isEqualTo("QuotaExceeded");
    }

    @Test
    void anotherProjectDoesNotWait() {
        quota(0);
        core.deploy("q", Hdag.of("other", "web"));
        core.passUntil(() -> core.view(new GraphId("q", "other")).phase() == GraphPhase.RUNNING, SOON);
        deploy("first");
        core.pass(SOON);
        assertThat(core.view(id("first")).phase()).isEqualTo(GraphPhase.PENDING);
    }

    @Test
    void aFailoverIsNoGrowthWhateverTheQuota() {
        cpuOfOne();
        quota(0);
        String cluster =
                core.view(id("first")).placement().clusters().iterator().next().name();
        core.world.failCluster(cluster);
        core.passUntil(
                () -> runs("first")
                        && core.view(id("first")).placement().clusters().stream()
                                .noneMatch(there -> there.name().equals(cluster)),
                Duration.ofSeconds(90));
    }

    @Test
    void aPlanSaysThatItExceedsTheQuota() {
        quota(cpuOfOne());
        Plan plan = core.doors()
                .plans()
                .plan(DeployRequest.of(core.graph("p", Hdag.of("second", "web"))), CallContext.INTERNAL);
        assertThat(plan.feasible()).isFalse();
        assertThat(plan.conflicts()).anyMatch(conflict -> conflict.contains("Quota of project p: cpu"));
    }

    @Test
    void graphsAndServicesAreRefusedBeforeAnythingIsStored() {
        core.stores.quotas().put("p", Map.of(QuotaMember.GRAPHS, 1L, QuotaMember.SERVICES, 2L));
        deploy("first");
        assertThatThrownBy(() -> deploy("second"))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.OVER_QUOTA));
        assertThat(core.graphs().find(id("second"), CallContext.INTERNAL)).isEmpty();
        deploy("first");
        core.passUntil(() -> runs("first"), SOON);
        assertThatThrownBy(() -> core.update("p", Hdag.of("first", "a", "b", "c")))
                .hasMessageContaining("services 1 of 2 used, 3 more");
        core.update("p", Hdag.of("first", "first-web", "b"));
        core.passUntil(() -> runs("first"), SOON);
    }

    @Test
    void replicasAreCutToWhatTheQuotaLeavesAndGrowWhenItIsRaised() {
        core.deploy("p", SCALED);
        GraphId web = id("web");
        core.passUntil(() -> core.view(web).phase() == GraphPhase.RUNNING, SOON);
        long one = used();
        quota(2 * one + one / 2);
        core.world.setLoad("front", 35);
        core.passUntil(() -> core.view(web).placement().replicasOf("front") == 2, Duration.ofSeconds(60));
        core.pass(Duration.ofMinutes(2));
        assertThat(core.view(web).placement().replicasOf("front")).isEqualTo(2);
        assertThat(used()).isEqualTo(2 * one);
        assertThat(core.decisions(web, DecisionKind.SCALING))
                .anyMatch(decision -> decision.details().toJson().contains("quota of project p: cpu"));
        assertThat(core.view(web).conditions())
                .anyMatch(condition -> condition.message().contains("quota of project p: cpu"));

        quota(10 * one);
        core.passUntil(() -> core.view(web).placement().replicasOf("front") == 4, Duration.ofSeconds(60));
    }

    private static final String SCALED = """
        hdaGraph:
          id: web
          strategies: { scaling: { id: optimal, intervalSeconds: 5 } }
          services:
            - id: front
              deployment:
                trigger: { auto: {} }
                intent:
                  compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
              scaling: { maxReplicas: 5, profile: { alpha: 10, beta: 0 } }
              artifact:
                ociImage: "oci://registry.example/demo/front"
                ociConfig: { type: App, implementer: HELM }
                valuesOverwrite: {}
        """;
}
