// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One schema, published, composed with what is installed. */
class SchemaTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final String GRAPH = """
            {"hdaGraph": {"id": "g", "strategies": %s, "hdaGraphIntent": %s, "services": [
              {"id": "s", "deployment": {"trigger": {}, "intent": {"compute": {"cpu": "%s"}}},
               "artifact": {"ociImage": "oci://registry.example/a", "ociConfig": {"type": "App", "implementer": "HELM"}}}]}}""";

    @Test
    void isAValidSchemaOfItsOwn() {
        JsonObject schema = Reading.usual().reader().schema();

        List<Error> errors = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(StrictJson.node(schema));

        assertThat(errors).isEmpty();
        assertThat(schema.get("$id").flatMap(value -> value.asString()).orElseThrow())
                .endsWith("/hdag/1");
    }

    @Test
    void acceptsAndRefusesWhatTheReaderAcceptsAndRefuses() {
        assertThat(errors(GRAPH.formatted("{}", "{}", "light"))).isEmpty();
        assertThat(errors(GRAPH.formatted("{}", "{}", "huge"))).isNotEmpty();
        assertThat(errors(GRAPH.formatted("{}", "{\"unknown\": 1}", "light"))).isNotEmpty();
        assertThat(errors("{\"artifact\": \"oci://registry.example/a\"}")).isEmpty();
        assertThat(errors("{\"artifact\": \"oci://registry.example/a\", \"hdaGraph\": {}}"))
                .isNotEmpty();
        assertThat(errors("{}")).isNotEmpty();
    }

    /** Everything that comes from outside has a limit where it enters: docs/reference/limits.md. */
    @Test
    void everyTextListMapAndNumberHasALimit() throws IOException {
        JsonNode schema = StrictJson.tree(SchemaTest.class
                .getResourceAsStream("/eu/nephele/smo/core/descriptor/schema/hdag.schema.json")
                .readAllBytes());
        List<String> unbounded = new ArrayList<>();
        unbounded(schema.path("properties"), "/properties", unbounded);
        unbounded(schema.path("$defs"), "/$defs", unbounded);

        // the services of a graph are counted before the schema is asked: maxServices of the configuration
        assertThat(unbounded).containsExactly("/$defs/graph/properties/services: maxItems");
    }

    @Test
    void thePageOfLimitsHasThoseOfTheSchema() throws IOException {
        JsonNode schema = StrictJson.tree(SchemaTest.class
                .getResourceAsStream("/eu/nephele/smo/core/descriptor/schema/hdag.schema.json")
                .readAllBytes());
        Map<String, Integer> limits = new TreeMap<>();
        limits(schema.path("$defs"), "/$defs", limits);
        Map<String, Integer> told = new TreeMap<>();
        Pattern.compile("^\\| `(/\\$defs/[^`]+)` \\| (\\d+) \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../../../docs/reference/limits.md")))
                .results()
                .forEach(row -> told.put(row.group(1), Integer.valueOf(row.group(2))));

        assertThat(told).isEqualTo(limits);
    }

    private static void limits(JsonNode node, String place, Map<String, Integer> found) {
        node.properties().forEach(member -> {
            String here = place + "/" + member.getKey();
            boolean limit = List.of("maxLength", "maxItems", "maxProperties").contains(member.getKey());
            if (limit && member.getValue().isIntegralNumber()) {
                found.put(here, member.getValue().intValue());
            }
            limits(member.getValue(), here, found);
        });
    }

    private static void unbounded(JsonNode node, String place, List<String> found) {
        String types = node.path("type").toString();
        boolean chosen = node.has("enum") || node.has("const");
        if (types.contains("string") && !chosen && !node.has("maxLength") && !node.has("pattern")) {
            found.add(place + ": maxLength");
        }
        if (types.contains("array") && !node.has("maxItems")) {
            found.add(place + ": maxItems");
        }
        boolean open = node.path("additionalProperties").isObject() || !node.has("properties");
        if (types.contains("object") && open && !node.has("maxProperties")) {
            found.add(place + ": maxProperties");
        }
        boolean least = node.has("minimum") || node.has("exclusiveMinimum");
        if ((types.contains("number") || types.contains("integer")) && !(least && node.has("maximum"))) {
            found.add(place + ": minimum and maximum");
        }
        node.properties().forEach(member -> unbounded(member.getValue(), place + "/" + member.getKey(), found));
    }

    @Test
    void holdsTheParametersOfInstalledStrategies() {
        String right = "{\"placement\": {\"id\": \"optimal\", \"parameters\": {\"gapPercent\": 1}}}";
        String wrong = "{\"placement\": {\"id\": \"optimal\", \"parameters\": {\"gapPercent\": -1}}}";
        String other = "{\"placement\": {\"id\": \"other\", \"parameters\": {\"gapPercent\": -1}}}";

        assertThat(errors(GRAPH.formatted(right, "{}", "light"))).isEmpty();
        assertThat(errors(GRAPH.formatted(wrong, "{}", "light"))).isNotEmpty();
        assertThat(errors(GRAPH.formatted(other, "{}", "light"))).isEmpty();
    }

    /** The published body has a full schema, and examples that are true. */
    @Test
    void itsExamplesAreReadWithoutWarnings() {
        List<JsonValue> examples = Reading.usual()
                .reader()
                .schema()
                .get("examples")
                .flatMap(JsonValue::asArray)
                .orElseThrow();

        assertThat(examples).hasSize(2).allSatisfy(example -> assertThat(errors(example.toJson()))
                .isEmpty());
        assertThat(Reading.usual().warnings(examples.get(0).toJson())).isEmpty();
    }

    @Test
    void followsWhatIsInstalledAndIsComposedOnlyThen() {
        InstalledForTests catalog = InstalledForTests.usual();
        HdagReader reader = Reading.with(catalog).reader();
        JsonObject before = reader.schema();

        assertThat(reader.schema()).isSameAs(before);

        catalog.intent("energy_preference", Scope.GRAPH, "{\"enum\": [\"renewable_high\"]}");
        assertThat(reader.schema().toJson()).contains("energy_preference").contains("renewable_high");
    }

    @Test
    void aNewComputeClassNeedsNoChangeHere() {
        Reading reading = Reading.with(InstalledForTests.nothing()
                .intent(
                        "compute",
                        Scope.SERVICE,
                        "{\"properties\": {\"cpu\": {\"enum\": [\"light\", \"gigantic\"]}}}"));

        assertThat(reading.warnings(GRAPH.formatted("{}", "{}", "gigantic"))).isEmpty();
    }

    @Test
    void aBrokenFragmentDoesNotStopReading() {
        Reading reading =
                Reading.with(InstalledForTests.usual().intent("odd", Scope.GRAPH, "{\"$ref\": \"#/$defs/not-there\"}"));

        assertThat(reading.warnings(GRAPH.formatted("{}", "{\"odd\": [1]}", "light")))
                .isEmpty();
    }

    @Test
    void aHandlerOfNetworkAddsToIt() {
        Reading reading = Reading.with(InstalledForTests.usual()
                .intent("network", Scope.SERVICE, "{\"properties\": {\"jitter\": {\"type\": \"number\"}}}"));
        String body = GRAPH.formatted("{}", "{}", "light");

        assertThat(reading.warnings(
                        body.replace("\"compute\"", "\"network\": {\"jitter\": 1, \"latencies\": []}, \"compute\"")))
                .isEmpty();
        assertThat(reading.pointers(body.replace("\"compute\"", "\"network\": {\"jitter\": \"low\"}, \"compute\"")))
                .containsExactly("/hdaGraph/services/0/deployment/intent/network/jitter");
    }

    @Test
    void saysOneThingAboutAlternatives() {
        InstalledForTests catalog = InstalledForTests.usual().intent("choice", Scope.GRAPH, """
                        {"oneOf": [{"type": "string", "enum": ["low", "high"]},
                         {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer", "minimum": 1}},
                          "additionalProperties": false}]}""");
        String place = "/hdaGraph/hdaGraphIntent/choice";

        assertThat(choice(catalog, "\"hihg\""))
                .containsExactly(
                        new Violation(place, "\"hihg\" is not allowed, did you mean `high`?; allowed: low, high"));
        assertThat(choice(catalog, "{\"level\": 0}"))
                .containsExactly(new Violation(place + "/level", "0 is too small, the least is 1"));
        assertThat(choice(catalog, "{\"levle\": 1}"))
                .containsExactlyInAnyOrder(
                        new Violation(place, "`level` is missing"),
                        new Violation(place, "`levle` is unknown here, did you mean `level`?; known: level"));
        assertThat(choice(catalog, "5")).hasSize(1);
    }

    @Test
    void theStrategyKindsDoNotMix() {
        InstalledForTests catalog = InstalledForTests.usual()
                .strategy(StrategyRef.SCALING, "optimal", "{\"type\": \"object\", \"required\": [\"rate\"]}");
        String body = GRAPH.formatted("{\"scaling\": {\"id\": \"optimal\", \"parameters\": {}}}", "{}", "light");

        assertThat(REGISTRY.getSchema(
                                StrictJson.node(Reading.with(catalog).reader().schema()))
                        .validate(node(body)))
                .isNotEmpty();
    }

    private static List<Violation> choice(InstalledForTests catalog, String value) {
        return Reading.with(catalog).violations(GRAPH.formatted("{}", "{\"choice\": " + value + "}", "light"));
    }

    private static List<Error> errors(String body) {
        return REGISTRY.getSchema(StrictJson.node(Reading.usual().reader().schema()))
                .validate(node(body));
    }

    private static JsonNode node(String json) {
        return StrictJson.node(StrictJson.parse(json));
    }
}
