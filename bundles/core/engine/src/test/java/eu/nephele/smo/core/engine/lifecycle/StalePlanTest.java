// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan is applied only while it would come out as it was shown. Each test has one reason why not, and no other. */
class StalePlanTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;
    private static final String CHANGED = "the graph has changed since";
    private static final String OTHERWISE = "it would come out differently now";

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "stale-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aPlanCanBeAppliedUpToItsLastMoment() {
        Plan plan = plan(Hdag.of("g", "a"));
        core.pass(Duration.between(plan.validity().createdAt(), plan.validity().expiresAt()));

        core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        assertThat(core.graphs().find(G, CallContext.INTERNAL)).isPresent();
    }

    @Test
    void anExpiredPlanIsRefused() {
        Plan plan = plan(Hdag.of("g", "a"));
        core.pass(Duration.between(plan.validity().createdAt(), plan.validity().expiresAt())
                .plus(EmbeddedCore.STEP));

        assertStale(plan, "it expired at " + plan.validity().expiresAt());
        assertThat(core.graphs().find(G, CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void aGraphThatWasUpdatedSinceIsAnotherAlsoWhereTheStepsAreTheSame() {
        deploy(Hdag.of("g", "a"));
        Plan plan = plan(Hdag.of("g", "a", "b"));
        core.update(
                "p",
                Hdag.graph("g").lifecycle("{ onFailure: keep }").service("a").yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(plan(Hdag.of("g", "a", "b")).steps()).isEqualTo(plan.steps());

        assertStale(plan, CHANGED);
        assertThat(core.view(G).graph().service("b")).isEmpty();
    }

    @Test
    void aDecisionSinceMakesItStaleAlsoWhereTheReplicasAreTheSame() {
        String web = """
                hdaGraph:
                  id: g
                  strategies: { scaling: { id: optimal, intervalSeconds: 5 } }
                  services:
                """;
        String service = """
                    - id: %s
                      deployment:
                        trigger: { auto: {} }
                        intent: { compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } } }
                      scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                      artifact:
                        ociImage: "oci://registry.example/demo/x"
                        ociConfig: { type: App, implementer: HELM }
                        valuesOverwrite: {}
                """;
        deploy(web + service.formatted("a"));
        String wider = web + service.formatted("a") + service.formatted("b");
        Plan plan = plan(wider);
        Placement before = core.view(G).placement();
        core.world.setLoad("a", 25);
        core.passUntil(() -> core.view(G).placement().replicasOf("a") == 3, Duration.ofSeconds(20));
        core.world.setLoad("a", 0);
        core.passUntil(() -> core.view(G).placement().equals(before), Duration.ofSeconds(30));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(plan(wider).steps()).isEqualTo(plan.steps());

        assertStale(plan, CHANGED);
    }

    @Test
    void anotherPlacementMakesItStaleAlsoWhereThereIsNothingToDoYet() {
        deploy(Hdag.of("g", "a"));
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(20));
        Plan plan = plan(Hdag.of("g", "a", "b"));
        assertThat(plan.steps()).as("a stopped graph stays so").isEmpty();
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(2));

        assertStale(plan, OTHERWISE);
        assertThat(core.view(G).graph().service("b")).isEmpty();
    }

    @Test
    void otherStepsMakeItStaleAlsoWhereThePlacementIsTheSame() {
        core.deploy("p", Hdag.graph("g").service("a").after("b", "a").yaml());
        core.pass(EmbeddedCore.STEP);
        String wider = Hdag.graph("g").service("a").after("b", "a").service("c").yaml();
        Plan plan = plan(wider);
        assertThat(plan.steps())
                .as("b is not there yet")
                .extracting(PlanStep::service)
                .contains("b");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        Plan now = plan(wider);
        assertThat(now.placement()).isEqualTo(plan.placement());
        assertThat(now.steps()).extracting(PlanStep::service).containsExactly("c");

        assertStale(plan, OTHERWISE);
        assertThat(core.view(G).graph().service("c")).isEmpty();
    }

    private void assertStale(Plan plan, String why) {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL))
                .withMessageContaining("Plan %s does not hold any more", plan.id())
                .withMessageContaining(why)
                .extracting(SmoException::kind)
                .isEqualTo(SmoException.Kind.CONFLICT);
    }

    private void deploy(String yaml) {
        core.deploy("p", yaml);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private Plan plan(String yaml) {
        return core.doors()
                .plans()
                .plan(
                        new DeployRequest(core.graph("p", yaml), DeployRequest.StrategyOverride.NONE, true, List.of()),
                        CallContext.INTERNAL);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
