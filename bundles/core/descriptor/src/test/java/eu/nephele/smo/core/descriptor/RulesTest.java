// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intents, strategies, members and project names: what is accepted, warned about and refused. */
class RulesTest {

    private static final String INTENT = "/hdaGraph/services/0/deployment/intent";

    private static final Reading BARE = Reading.with(onlyCompute());
    private static final Reading LENIENT = Reading.lenient(onlyCompute());

    private static InstalledForTests onlyCompute() {
        return InstalledForTests.nothing()
                .intent(
                        "compute",
                        Scope.SERVICE,
                        "{\"type\": \"object\", \"properties\": {\"cpu\": {\"enum\": [\"light\"]}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onFailure: rollback",
                "onFailure: keep",
                "onClusterReturn: return",
                "onClusterReturn: stay",
                "onDrift: report",
                "onDrift: repair",
                "maxMovesPerHour: 3",
            })
    void aLifecyclePolicyIsFollowedAndNeedsNoWarning(String policy) {
        String yaml = graph("", "{}").replace("  services:", "  lifecycle: { " + policy + " }\n  services:");
        assertThat(BARE.warnings(yaml)).noneMatch(warning -> warning.contains("lifecycle"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "security: { enabled: true } | /hdaGraph/hdaGraphIntent/security",
                "highPerformance: { enabled: true } | /hdaGraph/hdaGraphIntent/highPerformance",
                "energyEfficiency: { enabled: true } | /hdaGraph/hdaGraphIntent/energyEfficiency",
                "highAvailability: { enabled: true } | /hdaGraph/hdaGraphIntent/highAvailability",
                "highAvailability: { maxReplicasOverall: 4 } | /hdaGraph/hdaGraphIntent/highAvailability",
            })
    void refusesAnIntentOfTheReferenceThatNobodyHandlesUnlessConfigured(String intent, String pointer) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        String message = "no handler for intent `%s` is installed; known intents: none".formatted(name);
        assertThat(BARE.violations(graph(intent, "{}")))
                .containsExactly(new Violation("/hdaGraph/hdaGraphIntent", message));
        assertThat(LENIENT.warnings(graph(intent, "{}"))).containsExactly("/hdaGraph/hdaGraphIntent: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network: { deviceProximity: { enabled: true } } | network",
                "network: { latencies: [ { connectionPoint: two, qos: low } ] } | network",
                "coLocation: [ two ] | coLocation",
            })
    void refusesAnIntentOfAServiceThatNobodyHandlesUnlessConfigured(String intent, String name) {
        String body = graph("", "{ compute: { cpu: light }, " + intent + " }");
        assertThat(BARE.violations(body)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(INTENT);
            assertThat(violation.message())
                    .isEqualTo("no handler for intent `%s` is installed; known intents: compute".formatted(name));
        });
        assertThat(LENIENT.warnings(body)).singleElement().asString().contains(INTENT + ": no handler", name);
    }

    @Test
    void intentsThatAskForNothingNeedNoHandler() {
        String wishes =
                "security: { enabled: false }, highAvailability: { enabled: false }, highPerformance: {}, energyEfficiency: { enabled: false }";
        String intent = """
                { compute: { cpu: light }, coLocation: [], metrics: [], connectionPoints: [two],
                  network: { deviceProximity: { enabled: false }, latencies: [ { connectionPoint: two, qos: best-effort } ] } }""";

        assertThat(BARE.warnings(graph(wishes, intent))).isEmpty();
    }

    /** An intent without handler is refused with the list of those that are known. */
    @Test
    void refusesAnUnknownIntentAndSaysWhichAreKnown() {
        assertThat(BARE.violations(graph("energyEficiency: { enabled: true }", "{}")))
                .containsExactly(new Violation(
                        "/hdaGraph/hdaGraphIntent",
                        "no handler for intent `energyEficiency` is installed; known intents: none"));
        assertThat(Reading.usual().violations(graph("highAvailabilty: { enabled: true }", "{}")))
                .containsExactly(new Violation(
                        "/hdaGraph/hdaGraphIntent",
                        "no handler for intent `highAvailabilty` is installed, did you mean `highAvailability`?; known"
                                + " intents: highAvailability"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"location: { clusters: [c1] }", "antiAffinity: [two]", "spread: { overClusters: 2 }"})
    void neverAcceptsAHardConstraintThatNobodyKeeps(String constraint) {
        String body = graph("", "{ compute: { cpu: light }, " + constraint + " }");

        for (Reading reading : List.of(BARE, Reading.lenient(InstalledForTests.nothing()))) {
            assertThat(reading.violations(body)).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo(INTENT);
                assertThat(violation.message()).contains("installed; known intents: ");
            });
        }
        assertThat(Reading.usual().warnings(body)).isEmpty();
    }

    @Test
    void neverAcceptsALimitOfLatencyThatNobodyKeeps() {
        String body = graph(
                "", "{ compute: { cpu: light }, network: { latencies: [ { connectionPoint: two, maxMillis: 5 } ] } }");

        assertThat(BARE.pointers(body)).containsExactly(INTENT + "/network/latencies/0/maxMillis");
        assertThat(Reading.with(InstalledForTests.usual().intent("network", Scope.SERVICE, "{}"))
                        .warnings(body))
                .isEmpty();
    }

    /** Configuration may accept unknown intents. */
    @Test
    void acceptsUnknownIntentsWithAWarningWhereConfigured() {
        Reading reading = Reading.lenient(InstalledForTests.usual());

        assertThat(reading.warnings(graph("energy_preference: renewable_high", "{}")))
                .singleElement()
                .asString()
                .contains("/hdaGraph/hdaGraphIntent: no handler for intent `energy_preference`");
        assertThat(reading.reader().schema().toJson()).contains("\"additionalProperties\":true");
    }

    @Test
    void saysWhereAnIntentBelongs() {
        assertThat(Reading.usual().violations(graph("location: { clusters: [c1] }", "{}")))
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.message()).contains("it belongs under `deployment.intent`"));
    }

    @Test
    void checksTheValueOfAnIntentByTheSchemaOfItsHandler() {
        Reading reading = Reading.with(InstalledForTests.usual()
                .intent("offload_policy", Scope.GRAPH, "{\"enum\": [\"never\", \"aggressive_cost_saving\"]}"));

        assertThat(reading.warnings(graph("offload_policy: never", "{}"))).isEmpty();
        assertThat(reading.violations(graph("offload_policy: nevr", "{}")))
                .containsExactly(new Violation(
                        "/hdaGraph/hdaGraphIntent/offload_policy",
                        "\"nevr\" is not allowed, did you mean `never`?; allowed: never, aggressive_cost_saving"));
    }

    @Test
    void keepsMembersThatBeginWithXAndSaysThatNobodyReadsThem() {
        String body = graph("x-owner: me", "{ compute: { cpu: light, x-note: { deep: [1] } } }") + "x-request: 1\n";

        assertThat(Reading.usual().warnings(body))
                .containsExactlyInAnyOrder(
                        "/hdaGraph/hdaGraphIntent/x-owner is kept and ignored",
                        INTENT + "/compute/x-note is kept and ignored",
                        "/x-request is kept and ignored");
        assertThat(Reading.usual().yaml(body).intents()).isEmpty();
        assertThat(Reading.usual().yaml(body).descriptor().toJson()).contains("x-owner");
    }

    @Test
    void chartValuesMayHoldAnything() {
        String values = "valuesOverwrite: { x-a: 1, anything: [ { goes: null } ], \"\": 012, when: 2024-01-01 }";

        assertThat(Reading.usual().warnings(graph("", "{}").replace("ociConfig:", values + ", ociConfig:")))
                .isEmpty();
    }

    @Test
    void demandsComputeOnlyWhereTheOrchestratorPlaces() {
        String body = graph("", "{ metrics: [] }");

        assertThat(BARE.violations(body)).containsExactly(new Violation(INTENT, "`compute` is missing"));
        assertThat(BARE.warnings(body.replace("hdaGraphIntent: {", "hdaGraphIntent: { useStaticPlacement: true")))
                .isEmpty();
    }

    @Test
    void checksStrategiesWithTheCatalogWhereTheirFormIsRight() {
        String body = graph("", "{}")
                + "override: { placement: { id: greedyy }, scaling: { id: threshold, intervalSeconds: 0 } }\n";
        String strategies = body.replace(
                "  services:",
                "  strategies: { placement: { parameters: {} }, scaling: { id: missing } }\n  services:");

        assertThat(Reading.usual().violations(strategies))
                .containsExactly(
                        new Violation("/hdaGraph/strategies/placement", "`id` is missing"),
                        new Violation("/hdaGraph/strategies/scaling/id", "no scaling strategy missing"),
                        new Violation("/override/placement/id", "no placement strategy greedyy"),
                        new Violation("/override/scaling/intervalSeconds", "0 is too small, the least is 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1001 | 1001 is too large, the most is 1000",
                "-1001 | -1001 is too small, the least is -1000",
                "1.5 | expected a whole number, found 1.5",
                "high | expected a whole number, found \"high\"",
            })
    void aWrongPriorityIsRefusedWhereItStands(String priority, String message) {
        String body = graph("", "{}")
                .replace("  services:", "  strategies: { placement: { priority: " + priority + " } }\n  services:");
        assertThat(Reading.usual().violations(body))
                .containsExactly(new Violation("/hdaGraph/strategies/placement/priority", message));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1000, 0, 1000})
    void aPriorityNeedsNoStrategyBesideIt(int priority) {
        String body = graph("", "{}")
                .replace("  services:", "  strategies: { placement: { priority: " + priority + " } }\n  services:");
        assertThat(Reading.usual().warnings(body)).noneMatch(warning -> warning.contains("priority"));
    }

    /** Who deploys a graph once more with other strategies does not make it more important than its descriptor says. */
    @Test
    void aPriorityIsOfTheGraphAndNotOfARequest() {
        String body = "override: { placement: { id: greedy, priority: 5 } }\n" + graph("", "{}");
        assertThat(Reading.usual().violations(body))
                .containsExactly(new Violation(
                        "/override/placement/priority",
                        "expected no priority in a request, only in a descriptor, found 5"));
    }

    @Test
    void normalisedIsAboutWeightsThatStandBesideIt() {
        String body = graph("", "{}")
                .replace("  services:", "  strategies: { placement: { id: greedy, normalised: true } }\n  services:");

        assertThat(Reading.usual().violations(body))
                .extracting(Violation::pointer)
                .containsExactly("/hdaGraph/strategies/placement");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2 | true",
                "[1.0,2.0) | true",
                "(1.0.0.a,2] | true",
                "1.a | false",
                "latest | false",
                "[1.0 | false"
            })
    void requestedVersionsAreOsgiRanges(String version, boolean valid) {
        String body = graph("", "{}") + "override: { placement: { id: greedy, version: \"" + version + "\" } }\n";

        if (valid) {
            assertThat(Reading.usual().warnings(body)).isEmpty();
        } else {
            assertThat(Reading.usual().pointers(body)).containsExactly("/override/placement/version");
        }
    }

    @Test
    void replicaBoundsHaveToFit() {
        String scaling = "scaling: { minReplicas: 3, maxReplicas: 2, metric: {}, strategy: { id: nobody } }, artifact:";
        String body = graph("highAvailability: { minReplicasOverall: 5, maxReplicasOverall: 4 }", "{}")
                .replaceFirst("artifact:", scaling);

        assertThat(Reading.usual().pointers(body))
                .containsExactly(
                        "/hdaGraph/hdaGraphIntent/highAvailability/maxReplicasOverall",
                        "/hdaGraph/services/0/scaling/maxReplicas",
                        "/hdaGraph/services/0/scaling/metric",
                        "/hdaGraph/services/0/scaling/strategy/id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"default", "kube-system", "karmada-cluster", "", "UPPER", "a.b", "-a", "a-", "a\n", "../etc"})
    void refusesProjectsThatAreNoNamespaceOfOurs(String project) {
        SmoException refusal = refusal(project);

        assertThat(refusal.violations()).singleElement().satisfies(violation -> assertThat(violation.pointer())
                .isEmpty());
        assertThat(refusal).hasMessageContaining("project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "my-kube-system", "p", "0"})
    void acceptsOtherProjects(String project) {
        assertThat(Reading.usual().reader().read(project, bytes(graph("", "{}")), Format.YAML))
                .isNotNull();
    }

    private static SmoException refusal(String project) {
        return Assertions.catchThrowableOfType(
                SmoException.class, () -> Reading.usual().reader().read(project, bytes(graph("", "{}")), Format.YAML));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void refusesValuesThatAreTooLargeTogetherAndNamesTheServiceThatPassesTheLimit_F03() {
        String half = "{ notes: " + notes(60) + " }";
        String yaml = graph("", "{}").replace("artifact: {", "artifact: { valuesOverwrite: " + half + ",");

        SmoException refused = Assertions.catchThrowableOfType(
                SmoException.class, () -> BARE.reader().read("p", bytes(yaml), Format.YAML));

        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsExactly("/hdaGraph/services/1/artifact/valuesOverwrite");
        assertThat(refused.violations().get(0).message()).contains("at most 1048576 are accepted");
    }

    @Test
    void acceptsValuesOf900KilobytesInOneGraph_F03() {
        String large = "{ notes: " + notes(90) + " }";
        String yaml = graph("", "{}").replaceFirst("artifact: \\{", "artifact: { valuesOverwrite: " + large + ",");

        assertThat(BARE.reader().read("p", bytes(yaml), Format.YAML)).isNotNull();
    }

    /** Texts of 10,000 characters: values have many, not long ones. */
    private static List<String> notes(int count) {
        return Collections.nCopies(count, "\"" + "x".repeat(10_000) + "\"");
    }

    /** Two services; the intent {@code {}} stands for the least that is valid. */
    @Test
    void anImageIsRunByNothingElse() {
        String body =
                graph("", "{}").replaceFirst("implementer: HELM }", "implementer: CONTAINER }, ociRun: { name: WASM }");
        assertThat(BARE.violations(body))
                .containsExactly(new Violation(
                        "/hdaGraph/services/0/artifact/ociRun/name",
                        "WASM does not run what is implemented as CONTAINER; leave it out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"implementer: CONTAINER }", "implementer: HELM }, ociRun: { name: container }"})
    void noChartPlacesAnImage(String image) {
        String body = graph("useStaticPlacement: true", "{}").replaceFirst("implementer: HELM }", image);
        assertThat(BARE.violations(body)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/hdaGraph/services/0/artifact");
            assertThat(violation.message()).contains("useStaticPlacement");
        });
    }

    private static String graph(String wishes, String intent) {
        return """
                hdaGraph:
                  id: rules
                  hdaGraphIntent: { %s }
                  services:
                    - { id: one, deployment: { trigger: {}, intent: %s }, artifact: { ociImage: "oci://registry.example/x", ociConfig: { type: App, implementer: HELM } } }
                    - { id: two, deployment: { trigger: {}, intent: { compute: { cpu: light } } }, artifact: { ociImage: "oci://registry.example/y", ociConfig: { type: App, implementer: HELM } } }
                """.formatted(wishes, intent.equals("{}") ? "{ compute: { cpu: light } }" : intent.replace("\n", " "));
    }
}
