// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.availability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A graph of three services, intents from JSON text (single quotes allowed), and a validator. */
final class Samples {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Samples() {}

    static Intent graphIntent(String name, String json) {
        return new Intent(name, graph(), Optional.empty(), value(json));
    }

    static Intent serviceIntent(String name, String service, String json) {
        return new Intent(name, graph(), Optional.of(service), value(json));
    }

    /** The number of complaints that a validator of the draft 2020-12 has. */
    static int complaints(JsonObject schema, String json) {
        return SCHEMAS.getSchema(schema.toJson())
                .validate(quoted(json), InputFormat.JSON)
                .size();
    }

    static JsonValue value(String json) {
        try {
            return value(new ObjectMapper().readTree(quoted(json)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Sample is not JSON: " + json, e);
        }
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static JsonValue value(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
            return new JsonObject(members);
        }
        if (node.isArray()) {
            List<JsonValue> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return new JsonArray(items);
        }
        if (node.isBoolean()) {
            return new JsonBoolean(node.booleanValue());
        }
        if (node.isNumber()) {
            return new JsonNumber(node.decimalValue());
        }
        return node.isNull() ? new JsonNull() : new JsonString(node.textValue());
    }

    private static Graph graph() {
        return new Graph(
                new GraphId("demo", "camera"),
                "1.0.0",
                false,
                Map.of(),
                Stream.of("capture", "filter", "detect").map(Samples::service).toList(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                JsonObject.EMPTY);
    }

    private static ServiceSpec service(String id) {
        Artifact artifact = new Artifact("oci://example.com/demo/" + id, "App", "HELM", "HELM", JsonObject.EMPTY);
        return new ServiceSpec(id, new Trigger.Auto(List.of()), artifact, Map.of(), ServiceScaling.UNSPECIFIED);
    }
}
