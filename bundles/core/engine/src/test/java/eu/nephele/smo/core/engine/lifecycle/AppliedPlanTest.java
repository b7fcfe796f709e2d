// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan shows of a change, and what is stored when it is applied. */
class AppliedPlanTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "plans-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aPlanOfANewGraphIsStoredWithItsClustersAsPins() {
        Plan plan = plan(Hdag.of("g", "a", "b"));
        assertThat(plan.kind()).isEqualTo(Kind.DEPLOY);
        assertThat(plan.services().added()).containsExactly("a", "b");
        assertThat(plan.services().unchanged()).isEmpty();

        Change change = core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        assertThat(change.operation()).isPresent();
        RequestedPlacement wish = wish();
        assertThat(wish.plan()).isEqualTo(plan.id());
        assertThat(wish.pins()).containsOnlyKeys("a", "b");
        wish.pins().forEach((service, pin) -> assertThat(plan.placement().clusterOf(service))
                .contains(pin));
        running();
        assertThat(core.view(G).placement()).isEqualTo(plan.placement());
    }

    @Test
    void aPlanOfAnUpdateSaysWhatBecomesOfEachService() {
        core.deploy("p", Hdag.of("g", "a", "b", "c"));
        running();
        Plan plan = plan(
                Hdag.graph("g").service("a").service("b", "medium").service("d").yaml());
        assertThat(plan.kind()).isEqualTo(Kind.UPDATE);
        assertThat(plan.services().added()).containsExactly("d");
        assertThat(plan.services().removed()).containsExactly("c");
        assertThat(plan.services().changed()).containsExactly("b");
        assertThat(plan.services().unchanged()).containsExactly("a");
        assertThat(plan.services().moved()).isEmpty();

        Change change = core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        assertThat(change.operation()).isPresent();
        running();
        assertThat(core.view(G).graph().service("c")).isEmpty();
        assertThat(core.view(G).placement()).isEqualTo(plan.placement());
    }

    @Test
    void aPlanOfAMoveIsOneOfPlacementAndIsAppliedAsOne() {
        core.deploy("p", Hdag.of("g", "a"));
        running();
        ClusterId here = core.view(G).placement().clusterOf("a").orElseThrow();
        PlaceRequest away = new PlaceRequest(
                DecisionReason.MOVE, Set.of("a"), Optional.empty(), StrategySelection.UNSPECIFIED, false);
        Plan plan = core.doors().plans().plan(G, away, CallContext.INTERNAL);
        assertThat(plan.kind()).isEqualTo(Kind.PLACE);
        assertThat(plan.services().moved()).containsExactly("a");
        assertThat(plan.services().unchanged()).isEmpty();
        assertThat(plan.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.action()).isEqualTo(Action.MOVE))
                .satisfies(step -> assertThat(step.makeBeforeBreak())
                        .as("there is room for both")
                        .isTrue());

        core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        assertThat(wish().pins()).containsOnlyKeys("a");
        running();
        core.passUntil(() -> core.view(G).placement().equals(plan.placement()), Duration.ofSeconds(30));
        assertThat(core.view(G).placement().clusterOf("a")).isPresent().isNotEqualTo(Optional.of(here));
    }

    @Test
    void aServiceOfAnotherGraphIsAConflictAndSuchAPlanIsNotApplied() {
        core.deploy("p", Hdag.of("other", "a"));
        Plan plan = plan(Hdag.of("g", "a", "b"));
        assertThat(plan.feasible()).isFalse();
        assertThat(plan.conflicts()).containsExactly("Service a belongs to graph other already");
        assertThat(plan.steps()).isEmpty();

        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL))
                .withMessage("Plan %s cannot be applied: Service a belongs to graph other already", plan.id());
    }

    @Test
    void aPlanIsFoundWithItsGraphOnly() {
        Plan plan = plan(Hdag.of("g", "a"));
        assertThat(core.doors().plans().find(G, plan.id(), CallContext.INTERNAL))
                .hasValueSatisfying(found -> assertThat(found.steps()).isEqualTo(plan.steps()))
                .map(Plan::id)
                .contains(plan.id());
        GraphId other = new GraphId("p", "other");
        assertThat(core.doors().plans().find(other, plan.id(), CallContext.INTERNAL))
                .isEmpty();
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> core.doors().plans().apply(other, plan.id(), CallContext.INTERNAL))
                .withMessageContaining("Graph other has no plan %s; it may have expired", plan.id())
                .extracting(SmoException::kind)
                .isEqualTo(SmoException.Kind.NOT_FOUND);
    }

    @Test
    void stepsOfAPlanAreThoseOfItsOperation() {
        Plan plan = plan(Hdag.graph("g").service("a").after("b", "a").yaml());
        assertThat(plan.steps()).extracting(PlanStep::service).containsExactly("a", "b");
        Change change = core.doors().plans().apply(G, plan.id(), CallContext.INTERNAL);
        core.pass(EmbeddedCore.STEP);
        assertThat(core.doors()
                        .operations()
                        .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                        .orElseThrow()
                        .steps())
                .extracting(step -> step.detail())
                .containsExactlyElementsOf(
                        plan.steps().stream().map(PlanStep::detail).toList());
    }

    private RequestedPlacement wish() {
        return core.stores.graphs().find(G).orElseThrow().desired().wish();
    }

    private void running() {
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
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
