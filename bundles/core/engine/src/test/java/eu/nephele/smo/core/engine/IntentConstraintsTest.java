// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.ArtifactTypeLabels;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What handlers can ask for beside fixed places, from the descriptor to the clusters. Each service needs one core. */
class IntentConstraintsTest {

    private static final String WEB_AND_DB = "web db";
    private EmbeddedCore core;

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void aPreferenceDecidesWhereAServiceRuns() throws Exception {
        start(cluster("c1", 4, ""), cluster("c2", 4, ""));
        intent((intent, requirements) -> rather("c2", requirements));

        assertThat(deployed("g", "web")).isEqualTo(Map.of("web", "c2"));
        assertThat(core.view(graph("g")).condition(Condition.INTENTS_HONOURED)).isEmpty();
        assertThat(givenUp("g", "web")).isEmpty();
    }

    @Test
    void aPreferenceThatCannotBeFulfilledIsGivenUpAndTold() throws Exception {
        start(cluster("c1", 4, ""), cluster("c2", 0, ""));
        intent((intent, requirements) -> rather("c2", requirements));

        assertThat(deployed("g", "web")).isEqualTo(Map.of("web", "c1"));
        String told = "given up: rather on c2; web is on c1";
        assertThat(core.view(graph("g"))
                        .condition(Condition.INTENTS_HONOURED)
                        .orElseThrow()
                        .message())
                .isEqualTo(told);
        assertThat(givenUp("g", "web")).containsExactly(told);
    }

    @Test
    void anObjectiveOfAnIntentThatAnotherPlaceWouldServeBetterIsTold() throws Exception {
        ClusterModel dirty = signals("c1", 4, 500);
        ClusterModel clean = signals("c2", 1, 50);
        start(dirty, clean);
        intent((intent, requirements) -> requirements.weight("carbon", ObjectiveWeight.of(1000)));

        assertThat(deployed("g", "web")).isEqualTo(Map.of("web", "c2"));
        assertThat(givenUp("g", "web")).isEmpty();
        assertThat(deployed("h", "db")).isEqualTo(Map.of("db", "c1"));
        assertThat(givenUp("h", "db"))
                .singleElement()
                .asString()
                .startsWith("given up: the least carbon, which an intent weighs: ")
                .endsWith(" on c2");
    }

    @Test
    void aLinkThatAnotherPlaceWouldShortenIsTold() throws Exception {
        start(cluster("c1", 1, ""), cluster("c2", 1, ""));
        PlacementObjective far = (request, costs) -> {
            costs.distance(0, 1, 7);
            costs.distance(1, 0, 7);
        };
        core.strategies.registry().add(far, Map.of(PlacementObjective.NAME, "far", PlacementObjective.UNIT, "km"));
        intent((intent, requirements) -> requirements.weight("far", ObjectiveWeight.of(1)));

        assertThat(deployed("g", WEB_AND_DB)).isEqualTo(Map.of("web", "c1", "db", "c2"));
        assertThat(givenUp("g", "web"))
                .containsExactly("given up: the least far, which an intent weighs: 7 km here, 0 on c2");
        assertThat(givenUp("g", "db"))
                .containsExactly("given up: the least far, which an intent weighs: 7 km here, 0 on c1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one zone has room on two clusters,   a1:1:a b1:1:b b2:1:b, web db, b1 b2",
        "the first zone is as good,           a1:2:a b1:2:b,        web db, a1 a1",
        "clusters without a zone share none,  c1:1: c2:1: c3:2:,    web db, c3 c3"
    })
    void servicesShareAValueOfALabel(String name, String clusters, String services, String expected) throws Exception {
        start(clusters);
        intent((intent, requirements) -> requirements.shareLabel(Set.of("web", "db"), "zone", "in one zone"));

        List<String> places = List.of(expected.split(" ", -1));
        assertThat(deployed("g", services).values()).containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void theSharesOfADividedServiceAreOnClustersOfOneZone() throws Exception {
        start("a1:4:a b1:4:b b2:4:b c1:4: c2:4:");
        intent((intent, requirements) -> {
            requirements.shareLabel(Set.of("web"), "zone", "in one zone");
            requirements.spread("web", 2);
            requirements.replicas("web", OptionalInt.of(2), OptionalInt.empty());
        });

        deployed("g", "web");
        assertThat(core.stores
                        .graphs()
                        .find(graph("g"))
                        .orElseThrow()
                        .decided()
                        .orElseThrow()
                        .placement()
                        .clustersOf("web"))
                .extracting(ClusterId::name)
                .containsExactlyInAnyOrder("b1", "b2");
    }

    @Test
    void clustersWithoutAZoneAreNoneForADividedService() throws Exception {
        start("a1:4:a c1:4: c2:4:");
        intent((intent, requirements) -> {
            requirements.shareLabel(Set.of("web"), "zone", "in one zone");
            requirements.spread("web", 2);
            requirements.replicas("web", OptionalInt.of(2), OptionalInt.empty());
        });

        assertThat(refused("g", "web")).contains("in one zone");
    }

    @Test
    void withoutOneValueForAllTheGraphDoesNotFitAndTellsWhy() throws Exception {
        start("a1:1:a b1:1:b c1:1: c2:1:");
        intent((intent, requirements) -> requirements.shareLabel(Set.of("web", "db"), "zone", "in one zone"));

        assertThat(refused("g", WEB_AND_DB)).contains("in one zone: looked at with all of them");
    }

    @Test
    void theCheapestValueOfALabelIsChosen() throws Exception {
        start("a1:4:a b1:4:b");
        intent((intent, requirements) -> {
            requirements.shareLabel(Set.of("web", "db"), "zone", "in one zone");
            rather("b1", requirements);
        });

        assertThat(deployed("g", WEB_AND_DB)).isEqualTo(Map.of("web", "b1", "db", "b1"));
    }

    @Test
    void aServiceGoesNextToOneOfAnotherGraph() throws Exception {
        start(cluster("c1", 4, ""), cluster("c2", 1, ""), cluster("c3", 4, ""));
        intent((intent, requirements) -> {
            if (intent.graph().id().name().equals("other")) {
                requirements.allowOnly("camera", cluster -> cluster.id().name().equals("c3"), "only on c3");
            } else {
                requirements.nextTo("web", "other", "camera");
            }
        });
        String before = refused("g", "web");
        assertThat(before).contains("has to be next to service camera of graph other, which is placed nowhere");

        assertThat(deployed("other", "camera")).isEqualTo(Map.of("camera", "c3"));
        core.passUntil(() -> core.view(graph("g")).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
        assertThat(places("g")).isEqualTo(Map.of("web", "c3"));
    }

    @ParameterizedTest
    @CsvSource({"a1:1:a a2:1:a, true", "a1:1:a b1:1:b, false", "c1:1: c2:1:, false"})
    void withinAZoneALatencyThatNobodyMeasuresIsAssumed(String clusters, boolean fits) throws Exception {
        start(clusters);
        intent((intent, requirements) -> {
            requirements.maxLatency("web", "db", 20);
            requirements.assumeLatency("zone", 20);
        });
        if (fits) {
            assertThat(deployed("g", WEB_AND_DB)).hasSize(2);
        } else {
            assertThat(refused("g", WEB_AND_DB)).contains("web");
        }
    }

    @Test
    void aClusterThatIsDedicatedToAnotherProjectTakesNoGraph() throws Exception {
        start(labelled("c1", 4, Map.of("smo.nephele.eu/dedicated-to", "bank")), cluster("c2", 1, ""));
        intent((intent, requirements) -> {});

        assertThat(deployed("g", "web")).isEqualTo(Map.of("web", "c2"));
        assertThat(refused("h", "db")).contains("the cluster is dedicated to project bank");
    }

    @Test
    void aClusterThatDoesNotRunTheArtifactTakesNoService() throws Exception {
        String helm = ArtifactTypeLabels.PREFIX + "helm";
        String wasm = ArtifactTypeLabels.PREFIX + "wasm";
        start(labelled("c1", 4, Map.of(helm, "false", wasm, "true")), labelled("c2", 1, Map.of(wasm, "true")));
        intent((intent, requirements) -> {});

        assertThat(deployed("g", "web")).isEqualTo(Map.of("web", "c2"));
        assertThat(refused("h", "db")).contains("the cluster runs artifacts of type wasm, not helm");
    }

    @Test
    void aTypeThatAClusterNamesIsKeptToBeforeItsDeployerIsThere() throws Exception {
        start(
                cluster("c1", 4, ""),
                labelled("c2", 1, Map.of(ArtifactTypeLabels.PREFIX + "wasm", "true")),
                cluster("c3", 4, ""));
        intent((intent, requirements) -> {});
        WorkloadDeployer helm = core.ports().deployer("helm");
        core.stopEngine();
        core.startEngineWithoutDeployers();
        core.deploy("p", hdag("g", "web").replace("ociConfig:", "ociRun: { name: WASM, version: v1 }, ociConfig:"));
        core.ports().add(WorkloadDeployer.class, "helm", helm);
        core.passUntil(() -> core.view(graph("g")).condition(Condition.PLACED).isPresent(), Duration.ofSeconds(60));

        assertThat(places("g")).isEqualTo(Map.of("web", "c2"));
    }

    private static void rather(String cluster, Requirements requirements) {
        requirements.prefer("web", (state, signals) -> state.id().name().equals(cluster), 10, "rather on " + cluster);
    }

    private void start(String clusters) throws Exception {
        start(Arrays.stream(clusters.split(" ", -1))
                .map(text -> text.split(":", -1))
                .map(parts -> cluster(parts[0], Integer.parseInt(parts[1]), parts[2]))
                .toArray(ClusterModel[]::new));
    }

    private void start(ClusterModel... clusters) throws Exception {
        core = EmbeddedCore.withoutScaling(
                Scenario.of(Duration.ofSeconds(1), clusters), "intents-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    private void intent(BiConsumer<Intent, Requirements> meaning) {
        core.strategies.registry().add(new Handler(meaning), Map.of(IntentHandler.NAME, "test"));
    }

    private record Handler(BiConsumer<Intent, Requirements> meaning) implements IntentHandler {

        @Override
        public Set<Scope> scopes(String name) {
            return Set.of(Scope.GRAPH);
        }

        @Override
        public JsonObject schema(String name, Scope scope) {
            return new JsonObject(Map.of("type", new JsonString("boolean")));
        }

        @Override
        public void apply(Intent intent, Requirements requirements) {
            assertThat(intent.value()).isEqualTo(new JsonBoolean(true));
            meaning.accept(intent, requirements);
        }
    }

    private static GraphId graph(String name) {
        return new GraphId("p", name);
    }

    /** @return service → cluster */
    private Map<String, String> deployed(String name, String services) {
        core.deploy("p", hdag(name, services));
        core.passUntil(() -> core.view(graph(name)).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
        return places(name);
    }

    private Map<String, String> places(String name) {
        Map<String, String> places = new TreeMap<>();
        core.stores
                .graphs()
                .find(graph(name))
                .orElseThrow()
                .decided()
                .orElseThrow()
                .placement()
                .shares()
                .forEach((service, shares) ->
                        places.put(service, shares.get(0).cluster().name()));
        return places;
    }

    /** @return why nothing fits */
    private String refused(String name, String services) {
        core.deploy("p", hdag(name, services));
        core.passUntil(() -> core.view(graph(name)).condition(Condition.PLACED).isPresent(), Duration.ofSeconds(60));
        Condition placed = core.view(graph(name)).condition(Condition.PLACED).orElseThrow();
        assertThat(placed.status()).isEqualTo(Condition.Status.FALSE);
        return placed.message();
    }

    private List<String> givenUp(String name, String service) {
        String decision = core.stores
                .graphs()
                .find(graph(name))
                .orElseThrow()
                .decided()
                .orElseThrow()
                .provenance()
                .decisionId();
        JsonObject explanation =
                core.journal().explain(graph(name), decision, service).orElseThrow();
        return ((JsonArray) explanation.get("givenUp").orElseThrow())
                .items().stream().map(item -> item.asString().orElseThrow()).toList();
    }

    private static String hdag(String name, String services) {
        StringBuilder yaml = new StringBuilder("""
                hdaGraph:
                  id: %s
                  hdaGraphIntent: { test: true }
                  services:
                """.formatted(name));
        List<String> ids = List.of(services.split(" ", -1));
        for (String id : ids) {
            String links = id.equals("web") && ids.contains("db") ? ", connectionPoints: [ db ]" : "";
            yaml.append("""
                      - id: %s
                        deployment:
                          trigger: { auto: {} }
                          intent: { compute: { cpu: small, ram: small, storage: small }%s }
                        artifact: { ociImage: "oci://registry.example/demo/x", ociConfig: { type: App, implementer: HELM } }
                    """.formatted(id, links).indent(2));
        }
        return yaml.toString();
    }

    private static ClusterModel cluster(String name, int cores, String zone) {
        return labelled(name, cores, zone.isEmpty() ? Map.of() : Map.of("zone", zone));
    }

    private static ClusterModel labelled(String name, int cores, Map<String, String> labels) {
        return model(name, cores, labels, List.of());
    }

    private static ClusterModel signals(String name, int cores, double carbonGramsPerKwh) {
        return model(name, cores, Map.of(), Collections.nCopies(24, carbonGramsPerKwh));
    }

    private static ClusterModel model(String name, int cores, Map<String, String> labels, List<Double> carbon) {
        return new ClusterModel(
                name,
                new Resources(cores * 1000L, 64L << 30, 1000L << 30, 0),
                "",
                labels,
                EnergyProfile.UNKNOWN,
                carbon,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Resources.NONE);
    }
}
