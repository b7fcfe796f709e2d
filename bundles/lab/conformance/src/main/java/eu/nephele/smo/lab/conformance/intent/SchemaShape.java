// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks that a schema is valid: each keyword has a value of the kind that JSON Schema 2020-12 requires. */
final class SchemaShape {

    static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "const",
            "anyOf",
            "allOf",
            "oneOf",
            "not",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "pattern",
            "minLength",
            "maxLength",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties");

    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "boolean", "null", "number", "integer");

    private SchemaShape() {}

    /**
     * @param at JSON pointer, for messages
     * @throws FlawException for the first keyword that is wrong
     */
    static void check(JsonValue schema, String at) {
        if (schema instanceof JsonBoolean) {
            return;
        }
        if (!(schema instanceof JsonObject object)) {
            throw flaw(at, "a schema, an object or a boolean", schema);
        }
        object.members().forEach((name, value) -> keyword(name, value, at + "/" + name));
    }

    private static void keyword(String name, JsonValue value, String at) {
        switch (name) {
            case "type" ->
                value.asArray()
                        .orElse(List.of(value))
                        .forEach(type -> require(
                                type.asString().filter(TYPES::contains).isPresent(), at, "one of " + TYPES, type));
            case "enum" -> nonEmptyArray(value, at);
            case "anyOf", "allOf", "oneOf" -> {
                nonEmptyArray(value, at);
                ((JsonArray) value).items().forEach(each -> check(each, at));
            }
            case "not", "items", "additionalProperties", "propertyNames" -> check(value, at);
            case "properties", "patternProperties" ->
                members(value, at).forEach((member, each) -> check(each, at + "/" + member));
            case "required" ->
                value.asArray()
                        .orElseThrow(() -> flaw(at, "an array of names", value))
                        .forEach(each -> require(each instanceof JsonString, at, "a name", each));
            case "pattern" -> pattern(value, at);
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                require(value instanceof JsonNumber, at, "a number", value);
            case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
                require(
                        value.asNumber().filter(SchemaShape::isCount).isPresent(),
                        at,
                        "a whole number of 0 or more",
                        value);
            case "uniqueItems" -> require(value instanceof JsonBoolean, at, "true or false", value);
            case "description", "title" -> require(value instanceof JsonString, at, "a text", value);
            default -> {}
        }
    }

    private static boolean isCount(BigDecimal number) {
        return number.signum() >= 0 && number.stripTrailingZeros().scale() <= 0;
    }

    private static void nonEmptyArray(JsonValue value, String at) {
        require(value.asArray().filter(items -> !items.isEmpty()).isPresent(), at, "an array that is not empty", value);
    }

    private static Map<String, JsonValue> members(JsonValue value, String at) {
        return value.asObject()
                .orElseThrow(() -> flaw(at, "an object of schemas", value))
                .members();
    }

    private static void pattern(JsonValue value, String at) {
        try {
            Pattern.compile(value.asString().orElseThrow(() -> flaw(at, "a regular expression", value)));
        } catch (PatternSyntaxException e) {
            throw flaw(at, "a regular expression", value);
        }
    }

    private static void require(boolean fulfilled, String at, String expected, JsonValue value) {
        if (!fulfilled) {
            throw flaw(at, expected, value);
        }
    }

    private static FlawException flaw(String at, String expected, JsonValue value) {
        return new FlawException("%s of its schema is %s; expected %s".formatted(at, value.toJson(), expected));
    }
}
