// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The limits of single keys: a JSON Schema (2020-12), published for editors. Its annotation {@code x-expected} words a pattern. */
public final class FileSchema {

    private static final String RESOURCE = "containers-file.schema.json";
    private static final String EXPECTED = "x-expected";
    private static final String TEXT = resource();
    private static final ObjectNode DOCUMENT = document();

    /** Keys of a service. */
    static final Set<String> SERVICE_KEYS = keys("/$defs/service/properties");

    /** Keys of its health check. */
    static final Set<String> HEALTH_KEYS = keys("/$defs/service/properties/health_check/properties");

    private static final Map<String, String> TYPES = Map.of(
            "string", "a text",
            "object", "an object",
            "array", "a list",
            "boolean", "true or false",
            "integer", "a whole number",
            "number", "a number");

    private final Schema schema;

    public FileSchema() {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(withoutAnnotations(DOCUMENT.deepCopy()));
    }

    /** The schema as it is published. */
    public static String text() {
        return TEXT;
    }

    /** @param document whose variables have their values */
    public void check(JsonNode document, FileFindings findings) {
        for (Error error : schema.validate(document)) {
            String pointer = error.getInstanceLocation().toString();
            switch (error.getKeyword()) {
                case "required" -> findings.missing(pointer, String.valueOf(error.getProperty()));
                case "additionalProperties" ->
                    findings.error(
                            SourceTree.member(pointer, String.valueOf(error.getProperty())),
                            "nobody knows this key; known: "
                                    + String.join(", ", names(rule(error).path("properties"))));
                case "propertyNames" ->
                    findings.error(
                            SourceTree.member(pointer, String.valueOf(error.getProperty())),
                            wording("pattern", ofNames(rule(error).path("propertyNames"))));
                default -> findings.error(pointer, wording(error.getKeyword(), rule(error)));
            }
        }
        UnknownKeys.warn(document, findings);
    }

    private static JsonNode ofNames(JsonNode rule) {
        String reference = rule.path("$ref").asText();
        return reference.isEmpty() ? rule : DOCUMENT.at(reference.substring(1));
    }

    private static String wording(String keyword, JsonNode rule) {
        JsonNode argument = rule.path(keyword);
        return switch (keyword) {
            case "type" -> "%s is expected".formatted(types(argument));
            case "enum" -> "one of %s is expected".formatted(texts(argument));
            case "minimum" -> "at least %s".formatted(argument.asText());
            case "maximum" -> "at most %s".formatted(argument.asText());
            case "minLength" -> "at least %s characters".formatted(argument.asText());
            case "maxLength" -> "at most %s characters".formatted(argument.asText());
            case "minItems" -> "at least %s items".formatted(argument.asText());
            case "maxItems", "maxProperties" -> "at most %s of them".formatted(argument.asText());
            case "uniqueItems" -> "each item once";
            case "pattern" ->
                "%s is expected".formatted(rule.path(EXPECTED).asText("a text that matches " + argument.asText()));
            default -> "breaks %s of the schema".formatted(keyword);
        };
    }

    /** The schema object that holds the broken keyword. */
    private static JsonNode rule(Error error) {
        return DOCUMENT.at(JsonPointer.compile(
                error.getSchemaLocation().getFragment().getParent().toString()));
    }

    private static String types(JsonNode argument) {
        return argument.isArray()
                ? texts(argument).stream()
                        .map(type -> TYPES.getOrDefault(type, type))
                        .collect(Collectors.joining(" or "))
                : TYPES.getOrDefault(argument.asText(), argument.asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> keys(String pointer) {
        return Set.copyOf(new HashSet<>(names(DOCUMENT.at(pointer))));
    }

    /** The validator warns of keywords that it does not know. */
    private static JsonNode withoutAnnotations(JsonNode node) {
        if (node instanceof ObjectNode object && object.path(EXPECTED).isTextual()) {
            object.remove(EXPECTED);
        }
        node.forEach(FileSchema::withoutAnnotations);
        return node;
    }

    /** The schema as a document of the caller's own. */
    public static ObjectNode document() {
        try {
            return (ObjectNode) new ObjectMapper().readTree(TEXT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource() {
        try (InputStream in = FileSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
