// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Intents that come to mean something else while their graph runs: by the move of another graph, or by another handler. */
class IntentReviewTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = EmbeddedCore.withoutScaling(
                Scenario.of(Duration.ofSeconds(1), cluster("c1", 4), cluster("c2", 4), cluster("c3", 1)),
                "review-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        handler("near", (intent, requirements) -> {
            IntentValues value = IntentValues.of(intent);
            requirements.nextTo(
                    intent.service().orElseThrow(),
                    value.text("groundedGraphId").orElseThrow(),
                    value.text("id").orElseThrow());
        });
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void aServiceFollowsTheOneOfAnotherGraphThatItHasToBeNextTo() {
        deploy("base", "store", "");
        deploy("app", "web", near("base", "store"));
        deploy("else", "other", "");
        assertThat(place("app", "web")).isEqualTo("c1");
        int untouched = decisions("else");

        move("base", "c2");

        core.passUntil(() -> place("app", "web").equals("c2"), PATIENCE);
        settled("app");
        assertThat(notKept("app")).isEmpty();
        core.pass(Duration.ofMinutes(5));
        assertThat(decisions("app")).as("placed, and placed again once").isEqualTo(2);
        assertThat(decisions("else")).isEqualTo(untouched);
    }

    @Test
    void aMoveThatBreaksNothingDecidesNothing() {
        deploy("base", "store", "");
        deploy("app", "web", "location: { clusters: [ c1 ] }, " + near("base", "store"));
        deploy("late", "again", near("base", "store"));
        int before = decisions("app");
        core.place(graph("base"), PlaceRequest.replace());
        core.pass(Duration.ofMinutes(2));
        assertThat(place("base", "store")).isEqualTo("c1");
        assertThat(decisions("app")).isEqualTo(before);
        assertThat(notKept("app")).isEmpty();
    }

    @Test
    void whatCannotFollowIsToldAndGoesOnRunning() {
        deploy("base", "store", "");
        deploy("app", "web", "location: { clusters: [ c1 ] }, " + near("base", "store"));

        move("base", "c2");

        core.passUntil(() -> !notKept("app").isEmpty(), PATIENCE);
        assertThat(notKept("app"))
                .isEqualTo("not kept: has to be next to service store of graph base, which is on c2; web is on c1");
        assertThat(place("app", "web")).isEqualTo("c1");
        assertThat(core.view(graph("app")).phase()).isEqualTo(GraphPhase.RUNNING);

        move("base", "c1");
        core.passUntil(() -> notKept("app").isEmpty(), PATIENCE);
    }

    @Test
    void aGraphThatIsNotMovedByItselfIsTold() {
        deploy("base", "store", "");
        core.deploy(
                "p",
                hdag("app", "web", near("base", "store"))
                        .replace(
                                "  services:",
                                "  hdaGraphIntent: { highAvailability: { enabled: true } }\n  services:"));
        settled("app");

        move("base", "c2");

        core.passUntil(() -> !notKept("app").isEmpty(), PATIENCE);
        core.pass(Duration.ofMinutes(5));
        assertThat(place("app", "web")).isEqualTo("c1");
    }

    @Test
    void aGraphWhoseNeighbourIsGoneIsTold() {
        deploy("base", "store", "");
        deploy("app", "web", near("base", "store"));
        core.remove(graph("base"));
        core.passUntil(() -> notKept("app").contains("which is placed nowhere; web is on c1"), PATIENCE);
        assertThat(core.view(graph("app")).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void twoThatHaveToBeNextToEachOtherMoveTogetherAndThenRest() {
        deploy("one", "left", "");
        deploy("two", "right", near("one", "left"));
        core.update("p", hdag("one", "left", near("two", "right")));
        settled("one");

        core.update("p", hdag("two", "right", "location: { clusters: [ c2 ] }"));
        core.passUntil(() -> place("one", "left").equals("c2"), PATIENCE);
        core.update("p", hdag("two", "right", near("one", "left")));
        settled("two");
        int one = decisions("one");
        int two = decisions("two");
        core.pass(Duration.ofMinutes(20));
        assertThat(decisions("one")).isEqualTo(one);
        assertThat(decisions("two")).isEqualTo(two);
    }

    @Test
    void aProcessThatEndsBeforeTheLookIsMadeUpForByTheNextOne() {
        deploy("base", "store", "");
        deploy("app", "web", near("base", "store"));
        core.place(graph("base"), offload("c2"));
        for (int task = 0; task < 100 && !decided("base", "store").equals("c2"); task++) {
            core.runSome(1);
        }
        assertThat(decided("base", "store")).isEqualTo("c2");
        assertThat(decided("app", "web")).isEqualTo("c1");
        core.stopEngine();
        core.startEngine();
        core.passUntil(() -> place("app", "web").equals("c2"), PATIENCE);
    }

    @Test
    void anotherHandlerMovesNothingAndWhatIsNotKeptIsTold() {
        RegistryEntry gold = handler("gold", IntentReviewTest::onlyOnFirst);
        deploy("app", "web", "gold: {}");
        deploy("else", "other", "");
        assertThat(place("app", "web")).isEqualTo("c1");
        int before = decisions("app");

        gold.close();
        RegistryEntry narrower = handler("gold", (intent, requirements) -> only("c2", intent, requirements));
        core.passUntil(() -> !notKept("app").isEmpty(), PATIENCE);
        assertThat(notKept("app")).isEqualTo("not kept: only on c2; web is on c1");
        assertThat(notKept("else")).isEmpty();
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofMinutes(1));
        assertThat(notKept("app")).as("after a restart").isEqualTo("not kept: only on c2; web is on c1");

        narrower.close();
        handler("gold", IntentReviewTest::onlyOnFirst);
        core.passUntil(() -> notKept("app").isEmpty(), PATIENCE);
        assertThat(place("app", "web")).isEqualTo("c1");
        assertThat(decisions("app")).isEqualTo(before);
    }

    private static void onlyOnFirst(Intent intent, Requirements requirements) {
        only("c1", intent, requirements);
    }

    private static void only(String cluster, Intent intent, Requirements requirements) {
        requirements.allowOnly(
                intent.service().orElseThrow(), state -> state.id().name().equals(cluster), "only on " + cluster);
    }

    private RegistryEntry handler(String name, BiConsumer<Intent, Requirements> meaning) {
        return core.strategies.registry().add(new OfServices(meaning), Map.of(IntentHandler.NAME, name));
    }

    private record OfServices(BiConsumer<Intent, Requirements> meaning) implements IntentHandler {

        @Override
        public Set<Scope> scopes(String name) {
            return Set.of(Scope.SERVICE);
        }

        @Override
        public JsonObject schema(String name, Scope scope) {
            return new JsonObject(Map.of("type", new JsonValue.JsonString("object")));
        }

        @Override
        public void apply(Intent intent, Requirements requirements) {
            meaning.accept(intent, requirements);
        }
    }

    private static GraphId graph(String name) {
        return new GraphId("p", name);
    }

    private static String near(String graph, String service) {
        return "near: { groundedGraphId: %s, id: %s }".formatted(graph, service);
    }

    private void deploy(String name, String service, String intents) {
        core.deploy("p", hdag(name, service, intents));
        settled(name);
    }

    private void settled(String name) {
        core.passUntil(() -> core.view(graph(name)).phase() == GraphPhase.RUNNING, PATIENCE);
    }

    private static PlaceRequest offload(String cluster) {
        return new PlaceRequest(
                DecisionReason.OFFLOAD, Set.of(), Optional.of(id(cluster)), StrategySelection.UNSPECIFIED, false);
    }

    private String decided(String name, String service) {
        return core.stores
                .graphs()
                .find(graph(name))
                .orElseThrow()
                .decided()
                .orElseThrow()
                .placement()
                .clusterOf(service)
                .orElseThrow()
                .name();
    }

    private void move(String name, String cluster) {
        core.place(graph(name), offload(cluster));
        core.passUntil(() -> core.view(graph(name)).placement().clusters().equals(Set.of(id(cluster))), PATIENCE);
        settled(name);
    }

    private static ClusterId id(String cluster) {
        return new ClusterId(SimulatedFederation.SOURCE, cluster);
    }

    private String place(String name, String service) {
        Placement placement = core.view(graph(name)).placement();
        return placement.clusterOf(service).map(ClusterId::name).orElse("");
    }

    private int decisions(String name) {
        return core.decisions(graph(name), DecisionKind.PLACEMENT).size();
    }

    private String notKept(String name) {
        return core.view(graph(name))
                .condition(Condition.INTENTS_HONOURED)
                .map(Condition::message)
                .orElse("");
    }

    private static String hdag(String name, String service, String intents) {
        return """
                hdaGraph:
                  id: %s
                  services:
                    - id: %s
                      deployment:
                        trigger: { auto: {} }
                        intent: { compute: { cpu: small, ram: small, storage: small }%s }
                      artifact: { ociImage: "oci://registry.example/demo/x", ociConfig: { type: App, implementer: HELM } }
                """.formatted(name, service, intents.isEmpty() ? "" : ", " + intents);
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64 * GIB, 1000 * GIB, 0));
    }
}
