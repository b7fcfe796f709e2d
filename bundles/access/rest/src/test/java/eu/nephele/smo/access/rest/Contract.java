// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.access.rest.docs.ProductContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document, and whether answers are as it says. */
public final class Contract {

    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "delete", "patch");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those who judge by another document do not need it. */
    private static final class OfProduct {
        private static final Contract CONTRACT = of(ProductContract.joined().yaml());
    }

    private final ObjectNode document;
    private final List<DescribedOperation> described;
    private final ClosedSchemas closed;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** @param path concrete ones that the template of the operation fits */
    private record DescribedOperation(String method, Pattern path, JsonNode operation) {

        static DescribedOperation of(String name, JsonNode operation) {
            String[] parts = name.split(" ", 2);
            String path = parts[1].replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+");
            return new DescribedOperation(parts[0], Pattern.compile(path), operation);
        }
    }

    private Contract(ObjectNode document) {
        this.document = document;
        this.closed = new ClosedSchemas(document.path("components"));
        this.described = all().entrySet().stream()
                // the template with the fewest variables wins
                .sorted(Comparator.comparingLong(entry -> variables(entry.getKey())))
                .map(entry -> DescribedOperation.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** That of the product. */
    public static Contract ofProduct() {
        return OfProduct.CONTRACT;
    }

    /** @param yaml the document as it is served */
    public static Contract of(String yaml) {
        try {
            return new Contract((ObjectNode) new YAMLMapper().readTree(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code METHOD /path} → operation, those that this bundle serves. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = all();
        operations.values().removeIf(operation -> operation.has("x-served-by"));
        return operations;
    }

    /** The same with those of other bundles. */
    Map<String, JsonNode> all() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.put(
                        member.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(), member.getValue())));
        return operations;
    }

    /** Names of the query parameters of an operation. */
    Set<String> queryParameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(parameter -> {
            JsonNode resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("query")) {
                names.add(resolved.path("name").asText());
            }
        });
        return names;
    }

    JsonNode document() {
        return document;
    }

    /** The operation for a concrete path; the template with the fewest variables wins. */
    public Optional<JsonNode> operation(String method, String path) {
        String plain = path.replaceAll("\\?.*$", "").replaceAll("(?<=.)/$", "");
        return described.stream()
                .filter(each -> each.method().equals(method)
                        && each.path().matcher(plain).matches())
                .map(DescribedOperation::operation)
                .findFirst();
    }

    private static long variables(String template) {
        return template.chars().filter(c -> c == '{').count();
    }

    /** Checks status, media type and body of an answer. */
    public void check(String method, String path, int status, String type, byte[] body) {
        Optional<JsonNode> operation = operation(method, path);
        JsonNode described = operation
                .map(found -> found.path("responses").has(Integer.toString(status))
                        ? found.path("responses").path(Integer.toString(status))
                        : found.path("responses").path("default"))
                .map(this::resolved)
                .orElseGet(() -> document.path("components").path("responses").path("Problem"));
        if (status < 400) {
            assertThat(operation.map(found -> found.path("responses").has(Integer.toString(status))))
                    .as("%s %s answers %d, which is in the contract", method, path, status)
                    .contains(true);
        }
        if (!described.has("content")) {
            assertThat(body)
                    .as("%s %s has no body by the contract", method, path)
                    .isEmpty();
            return;
        }
        String plain = type.replaceAll(";.*$", "");
        if (path.startsWith("/docs/")) {
            return;
        }
        assertThat(described.path("content").has(plain))
                .as("%s %s answers %d as %s, which is in the contract", method, path, status, type)
                .isTrue();
        if (plain.endsWith("json") && !plain.endsWith("ndjson")) {
            checkBody(described.path("content").path(plain).path("schema"), body, method + " " + path);
        }
    }

    /** Checks JSON against a schema of the document. */
    void checkBody(JsonNode schema, byte[] body, String what) {
        try {
            assertThat(validator(schema).validate(JSON.readTree(body)))
                    .as("%s: %s", what, new String(body, java.nio.charset.StandardCharsets.UTF_8))
                    .isEmpty();
        } catch (IOException noJson) {
            throw new AssertionError(what + " is no JSON", noJson);
        }
    }

    private Schema validator(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            whole.setAll((ObjectNode) closed.site(schema.deepCopy()));
            whole.set("components", closed.components());
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(whole);
        });
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
