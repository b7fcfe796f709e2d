// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides whether a schema accepts a value, so that handlers get only values that the server would pass on. */
final class SchemaJudge {

    private static final Set<String> NOTES = Set.of(
            "$schema",
            "$id",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "format",
            "deprecated",
            "readOnly");

    private SchemaJudge() {}

    static SchemaVerdict judge(JsonValue schema, JsonValue value) {
        if (schema instanceof JsonBoolean all) {
            return SchemaVerdict.of(all.value());
        }
        JsonObject object = schema.asObject().orElse(JsonObject.EMPTY);
        SchemaVerdict verdict = SchemaVerdict.VALID;
        for (Map.Entry<String, JsonValue> keyword : object.members().entrySet()) {
            if (!NOTES.contains(keyword.getKey())) {
                verdict = verdict.and(keyword(keyword.getKey(), keyword.getValue(), object, value));
            }
        }
        return verdict;
    }

    private static SchemaVerdict keyword(String name, JsonValue wanted, JsonObject schema, JsonValue value) {
        return switch (name) {
            case "type" -> SchemaVerdict.of(types(wanted).anyMatch(type -> isOf(type, value)));
            case "enum" ->
                SchemaVerdict.of(
                        items(wanted).stream().map(JsonValue::canonical).anyMatch(value.canonical()::equals));
            case "const" -> SchemaVerdict.of(wanted.canonical().equals(value.canonical()));
            case "anyOf" ->
                items(wanted).stream().map(each -> judge(each, value)).reduce(SchemaVerdict.INVALID, SchemaVerdict::or);
            case "allOf" ->
                items(wanted).stream().map(each -> judge(each, value)).reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "oneOf" -> exactlyOne(items(wanted), value);
            case "not" -> judge(wanted, value).not();
            default -> ofKind(name, wanted, schema, value);
        };
    }

    /** Keywords that do not restrict values of another kind. */
    private static SchemaVerdict ofKind(String name, JsonValue wanted, JsonObject schema, JsonValue value) {
        if (value instanceof JsonNumber number && wanted instanceof JsonNumber limit) {
            return ofNumber(name, limit.value(), number.value());
        } else if (value instanceof JsonString text) {
            return ofText(name, wanted, text.value());
        } else if (value instanceof JsonArray array) {
            return ofArray(name, wanted, array.items());
        } else if (value instanceof JsonObject object) {
            return ofObject(name, wanted, schema, object);
        }
        return SchemaVerdict.VALID;
    }

    private static SchemaVerdict ofNumber(String name, BigDecimal limit, BigDecimal number) {
        return switch (name) {
            case "minimum" -> SchemaVerdict.of(number.compareTo(limit) >= 0);
            case "maximum" -> SchemaVerdict.of(number.compareTo(limit) <= 0);
            case "exclusiveMinimum" -> SchemaVerdict.of(number.compareTo(limit) > 0);
            case "exclusiveMaximum" -> SchemaVerdict.of(number.compareTo(limit) < 0);
            case "multipleOf" -> SchemaVerdict.of(number.remainder(limit).signum() == 0);
            default -> SchemaVerdict.UNKNOWN;
        };
    }

    private static SchemaVerdict ofText(String name, JsonValue wanted, String text) {
        return switch (name) {
            case "pattern" ->
                SchemaVerdict.of(Pattern.compile(wanted.asString().orElse(""))
                        .matcher(text)
                        .find());
            case "minLength" -> SchemaVerdict.of(text.codePointCount(0, text.length()) >= number(wanted));
            case "maxLength" -> SchemaVerdict.of(text.codePointCount(0, text.length()) <= number(wanted));
            default -> elsewhere(name);
        };
    }

    private static SchemaVerdict ofArray(String name, JsonValue wanted, List<JsonValue> items) {
        return switch (name) {
            case "items" ->
                items.stream().map(item -> judge(wanted, item)).reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "minItems" -> SchemaVerdict.of(items.size() >= number(wanted));
            case "maxItems" -> SchemaVerdict.of(items.size() <= number(wanted));
            case "uniqueItems" ->
                SchemaVerdict.of(!wanted.asBoolean().orElse(false)
                        || items.stream().map(JsonValue::canonical).distinct().count() == items.size());
            default -> elsewhere(name);
        };
    }

    private static SchemaVerdict ofObject(String name, JsonValue wanted, JsonObject schema, JsonObject object) {
        return switch (name) {
            case "properties" ->
                object.members().entrySet().stream()
                        .map(member -> property(wanted, member.getKey())
                                .map(of -> judge(of, member.getValue()))
                                .orElse(SchemaVerdict.VALID))
                        .reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "required" ->
                SchemaVerdict.of(items(wanted).stream()
                        .flatMap(item -> item.asString().stream())
                        .allMatch(object.members()::containsKey));
            case "additionalProperties" ->
                object.members().entrySet().stream()
                        .filter(member -> !isNamed(schema, member.getKey()))
                        .map(member -> judge(wanted, member.getValue()))
                        .reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "patternProperties" ->
                object.members().entrySet().stream()
                        .flatMap(member -> matching(wanted, member.getKey()).map(of -> judge(of, member.getValue())))
                        .reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "propertyNames" ->
                object.members().keySet().stream()
                        .map(key -> judge(wanted, new JsonString(key)))
                        .reduce(SchemaVerdict.VALID, SchemaVerdict::and);
            case "minProperties" -> SchemaVerdict.of(object.members().size() >= number(wanted));
            case "maxProperties" -> SchemaVerdict.of(object.members().size() <= number(wanted));
            default -> elsewhere(name);
        };
    }

    /** A keyword about values of another kind accepts the value; a keyword that the kit does not know is undecided. */
    private static SchemaVerdict elsewhere(String name) {
        return SchemaShape.KEYWORDS.contains(name) ? SchemaVerdict.VALID : SchemaVerdict.UNKNOWN;
    }

    private static boolean isNamed(JsonObject schema, String member) {
        return schema.get("properties").flatMap(of -> property(of, member)).isPresent()
                || schema.get("patternProperties").stream()
                        .anyMatch(of -> matching(of, member).findAny().isPresent());
    }

    private static Optional<JsonValue> property(JsonValue properties, String name) {
        return properties.asObject().flatMap(object -> object.get(name));
    }

    private static Stream<JsonValue> matching(JsonValue patterns, String name) {
        return patterns.asObject().orElse(JsonObject.EMPTY).members().entrySet().stream()
                .filter(entry -> Pattern.compile(entry.getKey()).matcher(name).find())
                .map(Map.Entry::getValue);
    }

    private static SchemaVerdict exactlyOne(List<JsonValue> schemas, JsonValue value) {
        List<SchemaVerdict> verdicts =
                schemas.stream().map(each -> judge(each, value)).toList();
        return verdicts.contains(SchemaVerdict.UNKNOWN)
                ? SchemaVerdict.UNKNOWN
                : SchemaVerdict.of(
                        verdicts.stream().filter(SchemaVerdict.VALID::equals).count() == 1);
    }

    private static Stream<String> types(JsonValue wanted) {
        return wanted.asArray().orElse(List.of(wanted)).stream().flatMap(type -> type.asString().stream());
    }

    private static boolean isOf(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "boolean" -> value instanceof JsonBoolean;
            case "null" -> value instanceof JsonNull;
            case "number" -> value instanceof JsonNumber;
            case "integer" ->
                value instanceof JsonNumber number
                        && number.value().stripTrailingZeros().scale() <= 0;
            default -> false;
        };
    }

    private static List<JsonValue> items(JsonValue array) {
        return array.asArray().orElse(List.of());
    }

    private static double number(JsonValue value) {
        return value.asNumber().map(BigDecimal::doubleValue).orElse(0.0);
    }
}
