// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static eu.nephele.smo.lab.conformance.SampleGraphs.serviceIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileReaderTest {

    @Test
    void rulesOfTheValueCountAndThoseOfAnyValue() {
        RuleIntent tier = Rules.read(Rules.GOLD).get(0);
        assertThat(tier.scopes("acme.tier")).containsExactlyInAnyOrder(Scope.GRAPH, Scope.SERVICE);
        assertThat(tier.schema("acme.tier", Scope.GRAPH).toJson())
                .contains("gold")
                .contains("how good a place has to be");
        assertThat(apply(tier, serviceIntent("acme.tier", "filter", "'gold'")).calls())
                .containsExactly(
                        "allowOnly filter: acme.tier: only in be or ghent, with {tier=gold}",
                        "replicas filter 2..",
                        "weight price 5.0");
        assertThat(apply(tier, graphIntent("acme.tier", "'silver'")).calls())
                .contains("prefer detect 3.0: acme.tier: rather at most 200.0 g CO2eq/kWh", "weight price 5.0")
                .hasSize(4);
    }

    @Test
    void aRuleMayAskForAllThatRequirementsHave() {
        RuleIntent all = Rules.read("""
                intents:
                  - name: all
                    rules:
                      - when: true
                        totalReplicas: { min: 3, max: 9 }
                        overClusters: 1
                        together: true
                        shareLabel: zone
                        keepPlacement: true
                        warn: mind the gap
                      - when: false
                        apart: true
                """).get(0);
        assertThat(apply(all, graphIntent("all", "true")).calls())
                .contains(
                        "totalReplicas 3..9",
                        "spread detect 1",
                        "together [capture, detect, filter]",
                        "shareLabel [capture, detect, filter] zone: all: one value of zone",
                        "keepPlacement",
                        "warn all: mind the gap");
        assertThat(apply(all, graphIntent("all", "false")).calls())
                .contains("apart capture filter", "apart detect capture")
                .hasSize(6);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters: [c1]                              | true",
                "clusters: [test/c1, c2]                     | true",
                "clusters: [c2]                              | false",
                "excludeClusters: [c1]                       | false",
                "labels: { tier: gold }                      | true",
                "labels: { tier: gold, zone: a }             | false",
                "locations: [GHENT]                          | true",
                "locations: [be]                             | true",
                "locations: [fr]                             | false",
                "maxCarbonGramsPerKwh: 100                   | true",
                "maxCarbonGramsPerKwh: 99                    | false",
                "minRenewableShare: 0.5                      | true",
                "minRenewableShare: 0.6                      | false",
                "maxPricePerCpuHour: 1                       | false",
                "clusters: [c1], labels: { tier: silver }    | false"
            })
    void aConditionMatchesWithAllItsParts(String condition, boolean matches) {
        RuleIntent intent = Rules.read("intents: [ { name: x, rules: [ { allow: { %s } } ] } ]".formatted(condition))
                .get(0);
        ClusterState cluster = new ClusterState(
                new ClusterId("test", "c1"),
                true,
                Resources.NONE,
                Resources.NONE,
                "Ghent",
                Map.of("tier", "gold", "topology.kubernetes.io/region", "be"),
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
        ClusterSignals signals =
                new ClusterSignals(OptionalDouble.of(100), OptionalDouble.of(0.5), OptionalDouble.empty(), List.of());
        assertThat(apply(intent, graphIntent("x", "true"))
                        .refusals("filter", cluster, signals)
                        .isEmpty())
                .isEqualTo(matches);
    }

    @Test
    void aRuleMayLookAtMembersOfTheValue() {
        RuleIntent intent = Rules.read("""
                intents:
                  - name: x
                    value: { type: object }
                    rules: [ { when: { kind: { of: a } }, warn: seen } ]
                """).get(0);
        assertThat(apply(intent, graphIntent("x", "{'kind': {'of': 'a', 'more': 1}}"))
                        .calls())
                .containsExactly("warn x: seen");
        assertThat(apply(intent, graphIntent("x", "{'kind': {'of': 'b'}}")).calls())
                .isEmpty();
        assertThat(apply(intent, graphIntent("x", "{'kind': 'a'}")).calls()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "intents: []                                                        | /intents",
                "intent: []                                                         | ",
                "intents: [ { name: x, rules: [ { alow: { clusters: [c] } } ] } ]   | /intents/0/rules/0",
                "intents: [ { name: x, rules: [ {} ] } ]                            | /intents/0/rules/0",
                "intents: [ { name: x, rules: [ { allow: { label: { a: b } } } ] } ] | /intents/0/rules/0/allow",
                "intents: [ { name: security, rules: [ { warn: a } ] } ]            | /intents/0/name",
                "intents: [ { name: 1x, rules: [ { warn: a } ] } ]                  | /intents/0/name",
                "intents: [ { name: x, scopes: [cluster], rules: [ { warn: a } ] } ] | /intents/0/scopes/0",
                "intents: [ { name: x, value: { type: 7 }, rules: [ { warn: a } ] } ] | /intents/0/value/type",
                "intents: [ { name: x, value: { enm: [a] }, rules: [ { warn: a } ] } ] | /intents/0/value",
                "intents: [ { name: x-y, rules: [ { warn: a } ] } ]                | /intents/0/name",
                "intents: [ { name: x, value: { enum: [gold] }, rules: [ { when: glod, warn: a } ] } ] | /intents/0/rules/0/when",
                "intents: [ { name: x, rules: [ { replicas: { min: 3, max: 2 } } ] } ] | /intents/0/rules/0/replicas",
                "intents: [ { name: connectionPoints, rules: [ { warn: a } ] } ]   | /intents/0/name",
                "intents: [ { name: x, rules: [ { when: { a: b }, warn: a } ] } ] | /intents/0/rules/0/when",
                "intents: [ { name: x, value: { type: object, properties: { a: { enum: [b] } }, additionalProperties: false }, rules: [ { when: { c: b }, warn: a } ] } ] | /intents/0/rules/0/when",
                "intents: [ { name: x, value: { type: object, properties: { a: { enum: [b] } } }, rules: [ { when: { a: c }, warn: a } ] } ] | /intents/0/rules/0/when",
                "intents: [ { name: x, rules: [ { together: true, apart: true } ] } ] | /intents/0/rules/0/together",
                "intents: [ { name: x, rules: [ { together: true, overClusters: 2 } ] } ] | /intents/0/rules/0/together",
                "intents: [ { name: x, rules: [ { overClusters: 3, replicas: { max: 2 } } ] } ] | /intents/0/rules/0/overClusters",
                "intents: [ { name: x, rules: [ { allow: { clusters: [c], excludeClusters: [c, d] } } ] } ] | /intents/0/rules/0/allow/excludeClusters",
                "intents: [ { name: x, rules: [ { warn: a } ] }, { name: x, rules: [ { warn: a } ] } ] | /intents/1/name"
            })
    void aMistakeIsToldWithItsPlace(String yaml, String pointer) {
        SmoException refused = catchThrowableOfType(SmoException.class, () -> Rules.read(yaml));
        assertThat(refused).as(yaml).isNotNull();
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
        assertThat(refused.violations()).extracting(Violation::pointer).contains(pointer == null ? "" : pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: object, required: [a, b], properties: { a: { enum: [x] }, b: { type: integer } } }",
                "{ type: object, minProperties: 2 }",
                "{ enum: [ { a: x, b: 1 } ] }",
                "{ oneOf: [ { type: object, required: [a] }, { type: object, required: [b] } ] }"
            })
    void aRuleMayNameSomeMembersOfAValueThatHasMore(String value) {
        assertThat(Rules.read(
                        "intents: [ { name: x, value: %s, rules: [ { when: { a: x }, warn: a } ] } ]".formatted(value)))
                .hasSize(1);
    }

    @Test
    void whatIsNoYamlIsRefused() {
        assertThat(catchThrowableOfType(SmoException.class, () -> Rules.read("intents: [")))
                .hasMessageContaining("line");
        assertThat(catchThrowableOfType(SmoException.class, () -> Rules.read("- a")))
                .isNotNull();
    }

    @Test
    void thePublishedSchemaIsTheOneThatCounts() throws IOException {
        Path own = Path.of("src/main/resources/eu/nephele/smo/core/rules/intent-rules.schema.json");
        assertThat(Files.readString(Path.of("../../../docs/reference/intent-rules.schema.json")))
                .isEqualTo(Files.readString(own));
    }

    private static RecordingRequirements apply(RuleIntent handler, Intent intent) {
        RecordingRequirements requirements = new RecordingRequirements();
        handler.apply(intent, requirements);
        return requirements;
    }
}
