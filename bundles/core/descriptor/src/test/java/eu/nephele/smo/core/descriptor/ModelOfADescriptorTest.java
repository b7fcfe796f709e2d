// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.LifecyclePolicy.OnClusterReturn;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.model.LifecyclePolicy.OnFailure;
import eu.nephele.smo.api.model.LifecyclePolicy.OnSignalChange;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Link.LatencyClass;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.Auto;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.model.Trigger.OnEvent;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOfADescriptorTest {

    private static final Reading READING =
            Reading.with(InstalledForTests.usual().intent("network", Scope.SERVICE, "{}"));

    private static final String PLAIN = """
            hdaGraph:
              id: plain
              services:
                - id: one
                  deployment: { trigger: {}, intent: { compute: { cpu: light } } }
                  artifact: { ociImage: "oci://registry.example/one", ociConfig: { type: App, implementer: helm } }
            """;

    @Test
    void fillsInTheDefaultsOfTheFormat() {
        Graph graph = READING.yaml(PLAIN);

        assertThat(graph.id()).isEqualTo(new GraphId("demo", "plain"));
        assertThat(graph.version()).isEmpty();
        assertThat(graph.staticPlacement()).isFalse();
        assertThat(graph.intents()).isEmpty();
        assertThat(graph.links()).isEmpty();
        assertThat(graph.placement()).isEqualTo(StrategySelection.UNSPECIFIED);
        assertThat(graph.scaling()).isEqualTo(StrategySelection.UNSPECIFIED);
        assertThat(graph.lifecycle()).isEqualTo(LifecyclePolicy.STANDARD);
        ServiceSpec service = graph.services().get(0);
        assertThat(service.trigger()).isEqualTo(new Auto(List.of()));
        assertThat(service.artifact().implementer()).isEqualTo("HELM");
        assertThat(service.artifact().runtime()).isEqualTo("HELM");
        assertThat(service.artifact().values()).isEqualTo(JsonObject.EMPTY);
        assertThat(service.scaling()).isEqualTo(ServiceScaling.UNSPECIFIED);
        assertThat(service.intents()).containsOnlyKeys("compute");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ociConfig: { type: App, implementer: CONTAINER }",
                "ociConfig: { type: App, implementer: Container }",
                "ociConfig: { type: App, implementer: CONTAINER }, ociRun: { name: container }",
                "ociConfig: { type: App, implementer: HELM }, ociRun: { name: CONTAINER }",
            })
    void anImageIsSaidByTheImplementerOrTheToolAndItsValuesAreAnything(String image) {
        Graph graph = READING.yaml(PLAIN.replace(
                "ociConfig: { type: App, implementer: helm }",
                image + ", valuesOverwrite: { ports: [ { container: 80 } ], any: { thing: [ 1, true ] } }"));

        Artifact artifact = graph.services().get(0).artifact();
        assertThat(artifact.isImage()).isTrue();
        assertThat(artifact.runtime()).isEqualTo("CONTAINER");
        assertThat(artifact.values().toJson())
                .isEqualTo("{\"ports\":[{\"container\":80}],\"any\":{\"thing\":[1,true]}}");
    }

    @Test
    void aChartIsNoImage() {
        assertThat(READING.yaml(PLAIN).services().get(0).artifact().isImage()).isFalse();
    }

    @Test
    void readsEventsAndDependencies() throws IOException {
        Graph graph = example("graphs/on-event.yaml");

        Trigger trigger = graph.service("night-filter").orElseThrow().trigger();

        assertThat(trigger)
                .isEqualTo(new OnEvent(
                        Trigger.Condition.ALL,
                        List.of(
                                new EventRule("dark", "camera_lux < 5", Duration.ofMinutes(5), "It is dark"),
                                new EventRule(
                                        "busy",
                                        "rate(frames_total[1m]) > 20",
                                        Duration.ofSeconds(90),
                                        "Many frames"))));
        assertThat(graph.service("camera").orElseThrow().artifact().isWebOfThings())
                .isTrue();
        assertThat(READING.inline(Files.readString(Path.of("../../../examples/graphs/two-tier.json")), Format.JSON)
                        .graph()
                        .services()
                        .get(0)
                        .trigger())
                .isEqualTo(new Auto(List.of("recogniser")));
    }

    @Test
    void makesLinksOfConnectionPointsLatenciesAndTraffic() {
        String intent = """
                { compute: { cpu: light }, connectionPoints: [two, three, two],
                  network: {
                    latencies: [
                      { connectionPoint: "", qos: low },
                      { connectionPoint: two, qos: low, maxMillis: 20 },
                      { connectionPoint: two, qos: ultralow, maxMillis: 30 },
                      { connectionPoint: four, qos: best-effort } ],
                    traffic: { three: 2.5, five: 0 } } }""";

        assertThat(READING.yaml(fiveServices(intent)).links())
                .containsExactly(
                        new Link("one", "two", LatencyClass.ULTRALOW, OptionalDouble.of(20), 1),
                        new Link("one", "three", LatencyClass.BEST_EFFORT, OptionalDouble.empty(), 2.5),
                        new Link("one", "four", LatencyClass.BEST_EFFORT, OptionalDouble.empty(), 1),
                        new Link("one", "five", LatencyClass.BEST_EFFORT, OptionalDouble.empty(), 0));
    }

    @Test
    void mergesConnectionPointsFromTheWrongPlaceAndSaysSo() {
        String intent =
                "{ compute: { cpu: light }, connectionPoints: [two], network: { connectionPoints: [three, two] } }";

        DescriptorSource.Inline document = READING.inline(fiveServices(intent), Format.YAML);

        assertThat(document.graph().links()).extracting(Link::to).containsExactly("two", "three");
        assertThat(document.warnings())
                .singleElement()
                .asString()
                .contains("/hdaGraph/services/0/deployment/intent/network/connectionPoints is in the wrong place");
        assertThat(document.graph().services().get(0).intents()).containsOnlyKeys("compute", "network");
    }

    @Test
    void readsStrategiesLifecycleAndScaling() throws IOException {
        Graph graph = example("graphs/strategies.yaml");

        assertThat(graph.placement())
                .isEqualTo(new StrategySelection(
                        Optional.of("greedy"),
                        Optional.of("[0.1,1.0)"),
                        JsonObject.EMPTY,
                        false,
                        Optional.of(Map.of("moves", ObjectiveWeight.of(1), "balance", ObjectiveWeight.of(0.5))),
                        OptionalInt.empty()));
        assertThat(graph.scaling().intervalSeconds()).hasValue(15);
        assertThat(graph.scaling().optional()).isTrue();
        assertThat(graph.lifecycle())
                .isEqualTo(new LifecyclePolicy(
                        OnFailure.KEEP,
                        OnClusterReturn.STAY,
                        OnDrift.REPAIR,
                        OnSignalChange.STAY,
                        OptionalInt.empty()));
        ServiceScaling scaling = graph.services().get(0).scaling();
        assertThat(scaling.minReplicas()).hasValue(1);
        assertThat(scaling.maxReplicas()).hasValue(5);
        assertThat(scaling.profile()).contains(new ServiceProfile(40, -5));
        assertThat(scaling.metricQuery())
                .hasValueSatisfying(query -> assertThat(query).contains("$service"));
    }

    @Test
    void readsThatWeightsCountSharesOfRanges() {
        Graph graph = READING.yaml("""
                hdaGraph:
                  id: shares
                  strategies: { placement: { id: optimal, objectives: { moves: 0.3, balance: { weight: 0.5, level: 1 } }, normalised: true } }
                  services:
                    - id: one
                      deployment: { trigger: { auto: {} }, intent: { compute: { cpu: small } } }
                      artifact:
                        ociImage: "oci://registry.example/samples/one"
                        ociConfig: { type: App, implementer: HELM }
                """);

        assertThat(graph.placement().normalised()).isTrue();
        assertThat(graph.placement().objectives())
                .contains(Map.of(
                        "moves", new ObjectiveWeight(0.3, 0, true), "balance", new ObjectiveWeight(0.5, 1, true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 0",
                "{ placement: { id: greedy } } | 0",
                "{ placement: { priority: -40 } } | -40",
                "{ placement: { id: greedy, priority: 1000 } } | 1000"
            })
    void readsThePriorityOfTheGraphBesideItsSelection(String strategies, int priority) {
        Graph graph = READING.yaml("""
                hdaGraph:
                  id: ranked
                  strategies: %s
                  services:
                    - id: one
                      deployment: { trigger: { auto: {} }, intent: { compute: { cpu: small } } }
                      artifact:
                        ociImage: "oci://registry.example/samples/one"
                        ociConfig: { type: App, implementer: HELM }
                """.formatted(strategies));

        assertThat(graph.priority()).isEqualTo(priority);
        assertThat(graph.placement().id().isPresent()).isEqualTo(strategies.contains("greedy"));
    }

    @Test
    void readsLevelsOfObjectivesAndALifecyclePolicyOfItsOwn() {
        Graph graph = READING.yaml("""
                hdaGraph:
                  id: levels
                  strategies: { placement: { id: optimal, objectives: { moves: 1, balance: { weight: 0.5, level: 1 } } } }
                  lifecycle: { onFailure: keep, onClusterReturn: return, onDrift: report, onSignalChange: replace, maxMovesPerHour: 6 }
                  services:
                    - id: one
                      deployment: { trigger: { auto: {} }, intent: { compute: { cpu: small } } }
                      artifact:
                        ociImage: "oci://registry.example/samples/one"
                        ociConfig: { type: App, implementer: HELM }
                """);

        assertThat(graph.placement().objectives())
                .contains(Map.of("moves", ObjectiveWeight.of(1), "balance", new ObjectiveWeight(0.5, 1)));
        assertThat(graph.lifecycle())
                .isEqualTo(new LifecyclePolicy(
                        OnFailure.KEEP,
                        OnClusterReturn.RETURN,
                        OnDrift.REPORT,
                        OnSignalChange.REPLACE,
                        OptionalInt.of(6)));
    }

    @Test
    void theBrusselsDemoScalesByTheProfilesOfTheReference() throws IOException {
        Graph graph = example("brussels/hdag.yaml");

        assertThat(graph.services())
                .extracting(service -> service.scaling().profile().orElseThrow())
                .containsExactly(
                        new ServiceProfile(33.33, -16.66),
                        new ServiceProfile(0.533, -0.416),
                        new ServiceProfile(1.67, -0.01));
        assertThat(graph.services())
                .allSatisfy(
                        service -> assertThat(service.scaling().maxReplicas()).hasValue(3));
        assertThat(graph.services())
                .filteredOn(service -> service.trigger().isConditional())
                .hasSize(1);
        assertThat(graph.links()).extracting(Link::toString).hasSize(2);
        assertThat(graph.services().get(0).scaling().metricService()).contains("noise-reduction");
    }

    /** One meaning for booleans and texts; what the descriptor says stays as it is, its handler reads it. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "\"True\"", "\"false\"", "\"FALSE\"", "yes", "\"tRuE\""})
    void takesABooleanOrItsTextForTheGpuFlag(String flag) {
        String body = PLAIN.replace("cpu: light", "cpu: light, gpu: { enabled: " + flag + " }");

        assertThat(READING.warnings(body)).isEmpty();
        assertThat(Reading.lenient(InstalledForTests.nothing()).yaml(body).services())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yes\"", "1", "\"\"", "perhaps", "[true]", "null"})
    void refusesAnyOtherGpuFlagOnce(String flag) {
        String body = PLAIN.replace("cpu: light", "cpu: light, gpu: { enabled: " + flag + " }");

        for (InstalledForTests catalog : List.of(InstalledForTests.usual(), InstalledForTests.nothing())) {
            assertThat(Reading.lenient(catalog).pointers(body))
                    .containsExactly("/hdaGraph/services/0/deployment/intent/compute/gpu/enabled");
        }
    }

    @Test
    void readsTheExampleOfTheGuideForTwoEvents() throws IOException {
        Graph graph = example("graphs/on-both-events.yaml");

        assertThat(graph.service("night-filter").orElseThrow().trigger())
                .isEqualTo(new OnEvent(
                        Trigger.Condition.ALL,
                        List.of(
                                new EventRule("dark", "camera_lux < 5", Duration.ofSeconds(5), "It is dark"),
                                new EventRule(
                                        "busy",
                                        "camera_frames_per_second > 20",
                                        Duration.ofSeconds(5),
                                        "Many frames"))));
    }

    /** Nothing is written into the descriptor. */
    @Test
    void keepsTheDescriptorExactlyAsItWasSent() throws IOException {
        String json = Files.readString(Path.of("src/test/resources/hdag/valid/texts-for-flags.json"));

        Graph graph = READING.inline(json, Format.JSON).graph();

        assertThat(graph.descriptor().toJson())
                .isEqualTo(StrictJson.parseObject(json)
                        .get("hdaGraph")
                        .orElseThrow()
                        .toJson());
    }

    @Test
    void restoresWhatHasNoHandlerAnyMore() {
        Graph graph = READING.yaml(PLAIN.replace("compute:", "location: { clusters: [c1] }, compute:"));

        Graph restored = Reading.with(InstalledForTests.nothing()).reader().restore("demo", graph.descriptor());

        assertThat(restored).isEqualTo(graph);
    }

    @Test
    void readsTheDecisionParametersOfTheRequest() {
        String body = PLAIN
                + "override: { placement: { id: optimal, parameters: { gapPercent: 1 } }, scaling: { id: threshold } }\n";

        StrategyOverride override = READING.inline(body, Format.YAML).override();

        assertThat(override.placement().parameters().toJson()).isEqualTo("{\"gapPercent\":1}");
        assertThat(override.scaling().id()).contains("threshold");
        assertThat(READING.inline(PLAIN, Format.YAML).override()).isEqualTo(StrategyOverride.NONE);
    }

    private static Graph example(String name) throws IOException {
        return READING.yaml(Files.readString(Path.of("../../../examples").resolve(name)));
    }

    private static String fiveServices(String intent) {
        StringBuilder body = new StringBuilder("hdaGraph:\n  id: five\n  services:\n");
        for (String id : List.of("one", "two", "three", "four", "five")) {
            body.append(
                    """
                        - id: %s
                          deployment: { trigger: {}, intent: %s }
                          artifact: { ociImage: "oci://registry.example/x", ociConfig: { type: App, implementer: HELM } }
                    """.formatted(id, id.equals("one") ? intent.replace("\n", " ") : "{ compute: { cpu: light } }"));
        }
        return body.toString();
    }
}
