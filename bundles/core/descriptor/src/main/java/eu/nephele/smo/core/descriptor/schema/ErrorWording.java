// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import eu.nephele.smo.core.contract.runtime.SecretRedactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Words errors for people; the annotation {@code x-expected} of the schema explains a pattern. */
final class ErrorWording {

    static final String EXPECTED = "x-expected";

    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST_LOOK = 4096;
    private static final Map<String, String> TYPES = Map.of(
            "string",
            "text",
            "object",
            "an object",
            "array",
            "an array",
            "boolean",
            "true or false",
            "integer",
            "a whole number",
            "number",
            "a number",
            "null",
            "null");

    private final ObjectNode schema;

    ErrorWording(ObjectNode schema) {
        this.schema = schema;
    }

    String message(Error error, ObjectNode body) {
        JsonNode value = body.at(JsonPointer.compile(error.getInstanceLocation().toString()));
        JsonNode rule = rule(error);
        JsonNode argument = rule.path(error.getKeyword());
        return switch (error.getKeyword()) {
            case "required" -> "`%s` is missing".formatted(error.getProperty());
            case "additionalProperties" -> unknown(error.getProperty(), names(rule.path("properties")));
            case "type" ->
                "expected %s, found %s%s".formatted(types(argument), quoted(value), quoting(argument, value));
            case "enum" -> notAllowed(value, argument);
            case "const" -> "expected %s, found %s".formatted(quoted(argument), quoted(value));
            case "pattern" -> "expected %s, found %s".formatted(expected(rule, argument), quoted(value));
            case "minimum" -> "%s is too small, the least is %s".formatted(quoted(value), argument.asText());
            case "exclusiveMinimum" ->
                "%s is too small, it has to be more than %s".formatted(quoted(value), argument.asText());
            case "maximum" -> "%s is too large, the most is %s".formatted(quoted(value), argument.asText());
            case "exclusiveMaximum" ->
                "%s is too large, it has to be less than %s".formatted(quoted(value), argument.asText());
            case "minItems" -> "expected at least %s, found %d".formatted(argument.asText(), value.size());
            case "maxItems" -> "expected at most %s, found %d".formatted(argument.asText(), value.size());
            case "minProperties" -> "expected at least %s members, found %d".formatted(argument.asText(), value.size());
            case "maxProperties" -> "expected at most %s members, found %d".formatted(argument.asText(), value.size());
            case "minLength" -> "expected at least %s characters, found %s".formatted(argument.asText(), quoted(value));
            case "maxLength" -> "expected at most %s characters, found %s".formatted(argument.asText(), quoted(value));
            case "uniqueItems" -> "an item appears twice";
            case "not" -> "expected %s, found %s".formatted(expected(rule, argument), quoted(value));
            case "anyOf", "oneOf" -> "%s fits none of the possible forms, or more than one".formatted(quoted(value));
            default ->
                "%s breaks the rule %s %s".formatted(quoted(value), error.getKeyword(), shortened(argument.toString()));
        };
    }

    static String unknown(String member, List<String> known) {
        return "`%s` is unknown here%s; known: %s"
                .formatted(shortened(member), Suggestion.clause(member, known), Suggestion.list(known));
    }

    private static String notAllowed(JsonNode value, JsonNode allowed) {
        List<String> texts = StreamSupport.stream(allowed.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String clause = value.isTextual() ? Suggestion.clause(value.textValue(), texts) : "";
        return "%s is not allowed%s; allowed: %s".formatted(quoted(value), clause, Suggestion.list(texts));
    }

    /** The schema object that holds the broken keyword; missing when it is outside of our document. */
    private JsonNode rule(Error error) {
        NodePath place = error.getSchemaLocation().getFragment();
        return schema.at(JsonPointer.compile(place.getParent().toString()));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String types(JsonNode argument) {
        if (argument.isArray()) {
            return String.join(
                    " or ",
                    StreamSupport.stream(argument.spliterator(), false)
                            .map(ErrorWording::types)
                            .toList());
        }
        return TYPES.getOrDefault(argument.asText(), argument.asText());
    }

    /** Versions are the classic: 1.0 without quotes is a number. */
    private static String quoting(JsonNode types, JsonNode value) {
        boolean textWanted = types.asText().equals("string");
        return textWanted && (value.isNumber() || value.isBoolean()) ? "; put it in quotes" : "";
    }

    private static String expected(JsonNode rule, JsonNode pattern) {
        return rule.path(EXPECTED).asText("text that matches " + pattern.asText());
    }

    private static String quoted(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        return value.isArray() ? "an array" : shortened(withoutSecrets(value.toString()));
    }

    /** An address may have credentials in it, and whoever reads the refusal need not be who sent it. */
    private static String withoutSecrets(String text) {
        return SecretRedactor.redacted(text.length() <= LONGEST_LOOK ? text : text.substring(0, LONGEST_LOOK));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
