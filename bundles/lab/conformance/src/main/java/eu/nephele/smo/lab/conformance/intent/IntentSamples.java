// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.lab.conformance.SampleJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Values of an intent, generated from its schema: valid ones, and some that are hardly valid. */
final class IntentSamples {

    private static final int MOST = 24;
    private static final int MAX_DEPTH = 6;

    /** Texts, ids of services of the sample graph among them. */
    private static final List<String> TEXTS =
            List.of("filter", "capture", "1", "true", "100m", "10Mi", "PT1M", "high", "eu-west", "a");

    private static final List<String> NONSENSE = List.of(
            "null",
            "true",
            "-1",
            "0",
            "0.5",
            "1e400",
            "99999999999999999999",
            "''",
            "' '",
            "'no such thing'",
            "[]",
            "[null]",
            "['']",
            "[1, 'a', {}]",
            "{}",
            "{'': null}",
            "{'no such member': 1}",
            "{'a': {'b': {'c': [[[]]]}}}");

    private IntentSamples() {}

    /** Values that the schema accepts, as far as the kit can tell. */
    static List<JsonValue> fitting(JsonValue schema) {
        return candidates(schema, 0).stream()
                .filter(value -> SchemaJudge.judge(schema, value) != SchemaVerdict.INVALID)
                .limit(MOST)
                .toList();
    }

    /** Values that are hardly valid: any JSON, and fitting ones with a missing or different member. */
    static List<JsonValue> nonsense(List<JsonValue> fitting) {
        List<JsonValue> all =
                new ArrayList<>(NONSENSE.stream().map(SampleJson::value).toList());
        fitting.stream().limit(4).flatMap(value -> value.asObject().stream()).forEach(object -> object.members()
                .keySet()
                .forEach(name -> {
                    all.add(without(object, name));
                    NONSENSE.forEach(text -> all.add(object.with(name, SampleJson.value(text))));
                }));
        return all;
    }

    private static JsonObject without(JsonObject object, String name) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(object.members());
        rest.remove(name);
        return new JsonObject(rest);
    }

    private static Set<JsonValue> candidates(JsonValue schema, int depth) {
        Set<JsonValue> found = new LinkedHashSet<>();
        if (depth > MAX_DEPTH || !(schema instanceof JsonObject object)) {
            return Set.of(new JsonString("filter"));
        }
        Stream.of("examples", "enum")
                .flatMap(name -> object.get(name).stream())
                .forEach(values -> found.addAll(values.asArray().orElse(List.of())));
        Stream.of("const", "default").flatMap(name -> object.get(name).stream()).forEach(found::add);
        Stream.of("anyOf", "oneOf", "allOf")
                .flatMap(name -> object.get(name).stream())
                .flatMap(list -> list.asArray().orElse(List.of()).stream())
                .forEach(each -> found.addAll(candidates(each, depth + 1)));
        if (found.isEmpty() || object.get("properties").isPresent()) {
            found.addAll(byType(object, depth));
        }
        return found;
    }

    private static List<JsonValue> byType(JsonObject schema, int depth) {
        JsonValue first = schema.get("type").orElse(new JsonString("object"));
        String type = first.asArray().orElse(List.of(first)).get(0).asString().orElse("object");
        return switch (type) {
            case "boolean" -> List.of(new JsonBoolean(true), new JsonBoolean(false));
            case "integer", "number" -> numbers(schema);
            case "string" -> TEXTS.stream().<JsonValue>map(JsonString::new).toList();
            case "array" -> arrays(schema, depth);
            case "null" -> List.of(new JsonNull());
            default -> objects(schema, depth);
        };
    }

    private static List<JsonValue> numbers(JsonObject schema) {
        return Stream.concat(
                        Stream.of("minimum", "maximum").flatMap(name -> schema.get(name).stream()),
                        Stream.of("1", "2", "0", "0.5", "10").map(text -> new JsonNumber(new BigDecimal(text))))
                .toList();
    }

    private static List<JsonValue> arrays(JsonObject schema, int depth) {
        List<JsonValue> items =
                schema.get("items").map(of -> fitting(of, depth + 1)).orElse(List.of(new JsonString("filter")));
        List<JsonValue> arrays = new ArrayList<>();
        items.stream().limit(3).forEach(item -> arrays.add(new JsonArray(List.of(item))));
        arrays.add(new JsonArray(items.stream().limit(2).toList()));
        arrays.add(JsonArray.EMPTY);
        return arrays;
    }

    private static List<JsonValue> fitting(JsonValue schema, int depth) {
        return candidates(schema, depth).stream()
                .filter(value -> SchemaJudge.judge(schema, value) != SchemaVerdict.INVALID)
                .toList();
    }

    private static List<JsonValue> objects(JsonObject schema, int depth) {
        Map<String, JsonValue> properties = schema.get("properties")
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY)
                .members();
        JsonObject full = JsonObject.EMPTY;
        JsonObject least = JsonObject.EMPTY;
        List<String> required = schema.get("required").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(name -> name.asString().stream())
                .toList();
        List<JsonValue> varied = new ArrayList<>();
        for (Map.Entry<String, JsonValue> property : properties.entrySet()) {
            List<JsonValue> values = fitting(property.getValue(), depth + 1);
            if (values.isEmpty()) {
                continue;
            }
            full = full.with(property.getKey(), values.get(0));
            least = required.contains(property.getKey()) ? least.with(property.getKey(), values.get(0)) : least;
        }
        for (Map.Entry<String, JsonValue> property : properties.entrySet()) {
            JsonObject base = least;
            fitting(property.getValue(), depth + 1).forEach(value -> varied.add(base.with(property.getKey(), value)));
        }
        List<JsonValue> objects = new ArrayList<>(List.of(least, full));
        objects.addAll(varied);
        return objects;
    }
}
