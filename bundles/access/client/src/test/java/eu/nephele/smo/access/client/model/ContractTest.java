// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Each record has members of its schema in the contract of this repository, and requires none that the schema does not. */
@TestInstance(Lifecycle.PER_CLASS)
class ContractTest {

    private static final Path ACCESS = Path.of("../");
    private static final Path RECORDS = Path.of("src/main/java/eu/nephele/smo/access/client/model");

    private static final int DEEPEST = 12;

    private final Map<String, Map<String, Object>> schemas = new HashMap<>();

    @BeforeAll
    void readTheContract() throws IOException {
        List<Path> parts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ACCESS)) {
            files.filter(file -> file.toString().contains("src/main/resources"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.toString().contains("/openapi/") || file.endsWith("OSGI-INF/openapi.yaml"))
                    .forEach(parts::add);
        }
        for (Path part : parts) {
            Map<String, Object> document = new Yaml().load(Files.readString(part));
            members(members(document, "components"), "schemas")
                    .forEach((name, schema) -> schemas.put(name, map(schema)));
        }
        assertThat(schemas).containsKeys("Graph", "Webhook").hasSizeGreaterThan(100);
    }

    Stream<Class<?>> records() throws IOException {
        try (Stream<Path> files = Files.list(RECORDS)) {
            return files
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.startsWith("Smo"))
                    .sorted()
                    .<Class<?>>map(name -> {
                        try {
                            return Class.forName("eu.nephele.smo.access.client.model." + name);
                        } catch (ClassNotFoundException missing) {
                            throw new IllegalStateException(missing);
                        }
                    })
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasMembersOfItsSchema(Class<?> type) {
        ApiSchema named = type.getAnnotation(ApiSchema.class);
        assertThat(named).as("%s names its schema", type).isNotNull();
        Map<String, Object> schema = schema(named.value());
        Map<String, Object> properties = properties(schema);
        Set<String> required = required(schema);
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> raw = component.getType();
            if (raw.isRecord() && isPartOf(raw, type)) {
                continue;
            }
            String name = component.getName();
            assertThat(properties)
                    .as("schema %s of %s", named.value(), type.getSimpleName())
                    .containsKey(name);
            if (raw == String.class || raw == long.class || raw == int.class || raw == double.class) {
                assertThat(required)
                        .as("%s requires %s", type.getSimpleName(), name)
                        .contains(name);
                assertThat(isNullable(map(properties.get(name))))
                        .as("%s is never null", name)
                        .isFalse();
            }
            assertThat(kind(component.getGenericType()))
                    .as("%s of %s", name, named.value())
                    .isIn(kinds(map(properties.get(name))));
        }
    }

    /** An answer with all members of its schema is read completely, one with the required ones only as well. */
    @ParameterizedTest
    @MethodSource("records")
    void isReadFromAnswersAsTheContractHasThem(Class<?> type) throws ReflectiveOperationException {
        ApiSchema named = type.getAnnotation(ApiSchema.class);
        Map<String, Object> schema = schema(named.value());
        ObjectNode whole = (ObjectNode) sample(schema, true, 0);
        Object read = type.getMethod("from", JsonNode.class).invoke(null, whole);
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.getAccessor().invoke(read);
            JsonNode given = whole.path(component.getName());
            assertThat(value).as(component.getName()).isNotNull();
            if (!given.isMissingNode() && !given.isNull()) {
                assertThat(isEmpty(value))
                        .as("%s of %s is read from %s", component.getName(), type.getSimpleName(), given)
                        .isFalse();
                if (value instanceof String text) {
                    assertThat(text).isEqualTo(given.asText());
                } else if (value instanceof Number number) {
                    assertThat(number.doubleValue()).isEqualTo(given.asDouble());
                }
            }
        }
        assertThat(type.getMethod("from", JsonNode.class).invoke(null, sample(schema, false, 0)))
                .isNotNull();
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Optional<?> optional
                ? optional.isEmpty()
                : value instanceof Collection<?> several
                        ? several.isEmpty()
                        : value instanceof Map<?, ?> members && members.isEmpty();
    }

    /**
     * A value as a schema has it.
     *
     * @param whole whether members that are not required are there, too
     */
    private JsonNode sample(Map<String, Object> schema, boolean whole, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Map<String, Object> plain = resolved(schema);
        for (String combined : List.of("oneOf", "anyOf")) {
            if (plain.get(combined) instanceof List<?> several && !plain.containsKey("properties")) {
                return several.stream()
                        .map(ContractTest::map)
                        .filter(one -> !whole == "null".equals(one.get("type"))
                                || several.stream().noneMatch(each -> "null"
                                        .equals(map(each).get("type"))))
                        .findFirst()
                        .map(one -> sample(one, whole, depth + 1))
                        .orElseGet(() -> sample(map(several.get(0)), whole, depth + 1));
            }
        }
        if (plain.get("enum") instanceof List<?> words && words.get(0) instanceof String word) {
            return nodes.textNode(word);
        }
        if (plain.containsKey("properties") || plain.containsKey("allOf")) {
            ObjectNode object = nodes.objectNode();
            Set<String> required = required(plain);
            properties(plain).forEach((name, member) -> {
                if (depth < DEEPEST && (whole || required.contains(name))) {
                    object.set(name, sample(map(member), whole, depth + 1));
                }
            });
            return object;
        }
        List<?> kinds = plain.get("type") instanceof List<?> several
                ? several
                : List.of(String.valueOf(plain.getOrDefault("type", "object")));
        if (kinds.contains("null") && !whole) {
            return nodes.nullNode();
        }
        return switch (String.valueOf(kinds.get(0))) {
            case "string" ->
                nodes.textNode("date-time".equals(plain.get("format")) ? "2026-11-01T12:00:00Z" : "some text");
            case "integer" -> nodes.numberNode(7);
            case "number" -> nodes.numberNode(1.5);
            case "boolean" -> nodes.booleanNode(true);
            case "array" ->
                whole && plain.get("items") != null
                        ? nodes.arrayNode().add(sample(map(plain.get("items")), true, depth + 1))
                        : nodes.arrayNode();
            default ->
                plain.get("additionalProperties") instanceof Map<?, ?> values
                        ? nodes.objectNode().set("some", sample(map(values), whole, depth + 1))
                        : nodes.objectNode().put("some", "value");
        };
    }

    @Test
    void noRecordIsForgotten() throws IOException {
        assertThat(records()).hasSizeGreaterThan(50);
    }

    /** A record that reads the same object: its schema is named by the outer one's {@code allOf}, or has only members of it. */
    private boolean isPartOf(Class<?> part, Class<?> whole) {
        ApiSchema inner = part.getAnnotation(ApiSchema.class);
        ApiSchema outer = whole.getAnnotation(ApiSchema.class);
        return inner != null
                && !properties(schema(outer.value())).containsKey(component(whole, part))
                && properties(schema(outer.value()))
                        .keySet()
                        .containsAll(properties(schema(inner.value())).keySet());
    }

    private static String component(Class<?> whole, Class<?> part) {
        return Stream.of(whole.getRecordComponents())
                .filter(component -> component.getType() == part)
                .map(RecordComponent::getName)
                .findFirst()
                .orElseThrow();
    }

    private static String kind(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return raw == List.class
                    ? "array"
                    : raw == Map.class ? "object" : kind(generic.getActualTypeArguments()[0]);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class || raw == java.time.Instant.class) {
            return "string";
        }
        if (raw == boolean.class) {
            return "boolean";
        }
        return raw == long.class || raw == int.class || raw == Long.class || raw == Integer.class
                ? "integer"
                : raw == double.class || raw == Double.class ? "number" : "object";
    }

    private Set<String> kinds(Map<String, Object> schema) {
        Map<String, Object> plain = resolved(schema);
        Set<String> kinds = new TreeSet<>();
        Object type = plain.get("type");
        if (type instanceof List<?> several) {
            several.forEach(one -> kinds.add(String.valueOf(one)));
        } else if (type != null) {
            kinds.add(String.valueOf(type));
        }
        for (String combined : List.of("oneOf", "anyOf", "allOf")) {
            if (plain.get(combined) instanceof List<?> several) {
                several.forEach(one -> kinds.addAll(kinds(map(one))));
            }
        }
        if (plain.containsKey("enum") && kinds.isEmpty()) {
            kinds.add("string");
        }
        if (plain.containsKey("properties")) {
            kinds.add("object");
        }
        return kinds;
    }

    private boolean isNullable(Map<String, Object> schema) {
        return kinds(schema).contains("null");
    }

    /** {@code Name}, or {@code Name/member} for the schema of a member or of its items. */
    private Map<String, Object> schema(String reference) {
        String[] parts = reference.split("/", -1);
        assertThat(schemas).containsKey(parts[0]);
        Map<String, Object> schema = schemas.get(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            schema = resolved(map(properties(schema).get(parts[i])));
        }
        return element(schema);
    }

    private Map<String, Object> element(Map<String, Object> schema) {
        Map<String, Object> plain = resolved(schema);
        if (plain.get("items") != null) {
            return element(map(plain.get("items")));
        }
        if (!plain.containsKey("properties") && plain.get("additionalProperties") instanceof Map<?, ?> values) {
            return element(map(values));
        }
        if (plain.get("oneOf") instanceof List<?> several) {
            return element(several.stream()
                    .map(ContractTest::map)
                    .filter(one -> !"null".equals(one.get("type")))
                    .findFirst()
                    .orElseThrow());
        }
        return plain;
    }

    private Map<String, Object> properties(Map<String, Object> schema) {
        Map<String, Object> all = new HashMap<>();
        if (schema.get("allOf") instanceof List<?> parts) {
            parts.forEach(part -> all.putAll(properties(resolved(map(part)))));
        }
        all.putAll(members(schema, "properties"));
        return all;
    }

    private Set<String> required(Map<String, Object> schema) {
        Set<String> all = new TreeSet<>();
        if (schema.get("allOf") instanceof List<?> parts) {
            parts.forEach(part -> all.addAll(required(resolved(map(part)))));
        }
        if (schema.get("required") instanceof List<?> names) {
            names.forEach(name -> all.add(String.valueOf(name)));
        }
        return all;
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        Object reference = schema.get("$ref");
        return reference == null
                ? schema
                : resolved(schemas.get(String.valueOf(reference).replaceAll(".*/", "")));
    }

    private static Map<String, Object> members(Map<String, Object> object, String name) {
        return object.get(name) == null ? Map.of() : map(object.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
