// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The parts of the product's OpenAPI document, ours and those of the other bundles, and the document that they are
 * together.
 */
final class OwnPartsTest {

    private static final Path FOLDER = Path.of("src/main/resources/eu/nephele/smo/access/rest/openapi");
    /** Folder of the bundles with parts of their own. */
    private static final Path ACCESS = Path.of("../");

    private static final Path PART = Path.of("src/main/resources/OSGI-INF/openapi.yaml");
    private static final int MOST_LINES = 900;
    private static final Pattern REFERENCE = Pattern.compile("#(/components/\\w+/[\\w.-]+)");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonNode whole = joined();

    private static JsonNode joined() {
        try {
            return YAML.readTree(ProductContract.joined().yaml());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> own = Files.list(FOLDER);
                Stream<Path> bundles = Files.list(ACCESS)) {
            return Stream.concat(
                            own, bundles.map(bundle -> bundle.resolve(PART)).filter(Files::exists))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.endsWith(PART)
                ? ACCESS.relativize(file).getName(0).toString()
                : file.getFileName().toString().replace(".yaml", "");
    }

    private static Map<String, ObjectNode> parts() throws IOException {
        Map<String, ObjectNode> parts = new TreeMap<>();
        for (Path file : files()) {
            parts.put(name(file), (ObjectNode) YAML.readTree(file.toFile()));
        }
        return parts;
    }

    private static List<String> components(JsonNode document) {
        List<String> pointers = new ArrayList<>();
        document.path("components").properties().forEach(section -> section.getValue()
                .fieldNames()
                .forEachRemaining(name -> pointers.add("/components/%s/%s".formatted(section.getKey(), name))));
        return pointers;
    }

    private static List<String> paths(JsonNode document) {
        List<String> paths = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    @Test
    void eachCanBeReadAtOnce() throws IOException {
        assertThat(files()).hasSizeGreaterThan(10);
        for (Path file : files()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES);
        }
    }

    /** Generators lose that a member may be null when it comes by allOf: such schemas repeat the members. */
    @Test
    void whatIsCombinedHasNoMemberThatMayBeNull() throws IOException {
        JsonNode schemas = YAML.readTree(ProductContract.joined().yaml()).at("/components/schemas");
        for (JsonNode parts : schemas.findValues("allOf")) {
            for (JsonNode part : parts) {
                String name = part.path("$ref").asText().replaceAll(".*/", "");
                assertThat(schemas.path(name).path("properties").findValues("type"))
                        .as(name)
                        .isNotEmpty()
                        .noneMatch(type -> type.toString().contains("null"));
            }
        }
        assertThat(schemas.path("Plugin").path("properties").properties())
                .containsAll(schemas.path("PluginSummary").path("properties").properties());
        assertThat(schemas.path("Replay").path("properties").properties())
                .containsAll(schemas.path("ReplaySummary").path("properties").properties());
    }

    /** Classes are made of schemas: an enum of a value that may be another one tomorrow refuses it then. */
    @Test
    void answersAreOpen() throws IOException {
        JsonNode whole = YAML.readTree(ProductContract.joined().yaml());
        for (String name : List.of("Graph", "Operation", "Explanation", "Problem", "Plugin", "Webhook")) {
            JsonNode schema = whole.at("/components/schemas/" + name);
            assertThat(schema.path("properties").size()).as(name).isPositive();
            assertThat(schema.findValues("additionalProperties")).as(name).noneMatch(value -> value.toString()
                    .equals("false"));
        }
        assertThat(whole.at("/components/schemas/Phase").has("enum")).isFalse();
        assertThat(whole.at("/components/schemas/PlacementBody/additionalProperties")
                        .asBoolean(true))
                .isFalse();
    }

    /** All files of parts are part of the document. */
    @Test
    void theDocumentHasWhatTheFilesHaveAndEachPathAndComponentIsInOneFile() throws IOException {
        List<String> paths = new ArrayList<>();
        List<String> components = new ArrayList<>();
        List<JsonNode> tags = new ArrayList<>();
        for (ObjectNode part : parts().values()) {
            paths.addAll(paths(part));
            components.addAll(components(part));
            part.path("tags").forEach(tags::add);
            paths(part).forEach(path -> assertThat(whole.path("paths").path(path))
                    .isEqualTo(part.path("paths").path(path)));
            components(part).forEach(pointer -> assertThat(whole.at(pointer)).isEqualTo(part.at(pointer)));
        }

        assertThat(paths).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(paths(whole));
        assertThat(components).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(components(whole));
        assertThat(tags).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(whole.path("tags"));
        assertThat(paths(whole)).hasSizeGreaterThan(80);
        assertThat(components(whole)).hasSizeGreaterThan(200);
    }

    /** A part is read by itself: what only it uses is in it, and in the base is what several use. */
    @Test
    void whatOnlyOnePartUsesIsInThatPart() throws IOException {
        Map<String, ObjectNode> parts = parts();
        ObjectNode base = parts.remove("base");
        Map<String, Set<String>> users = new HashMap<>();
        parts.forEach((name, part) -> reachable(part)
                .forEach(pointer ->
                        users.computeIfAbsent(pointer, any -> new TreeSet<>()).add(name)));

        for (String pointer : components(base)) {
            if (!pointer.startsWith("/components/securitySchemes/")) {
                assertThat(users.get(pointer))
                        .as("parts that use %s of base.yaml", pointer)
                        .hasSizeGreaterThan(1);
            }
        }
        parts.forEach((name, part) -> components(part).forEach(pointer -> assertThat(users.get(pointer))
                .as("parts that use %s", pointer)
                .containsExactly(name)));
    }

    /** Components that the paths of a part need, directly or by others. */
    private Set<String> reachable(JsonNode part) {
        Set<String> found = new HashSet<>();
        List<String> next = new ArrayList<>(references(part.path("paths")));
        while (!next.isEmpty()) {
            String pointer = next.remove(next.size() - 1);
            if (found.add(pointer)) {
                next.addAll(references(whole.at(pointer)));
            }
        }
        return found;
    }

    private static List<String> references(JsonNode node) {
        Matcher matcher = REFERENCE.matcher(node.toString());
        List<String> pointers = new ArrayList<>();
        while (matcher.find()) {
            pointers.add(matcher.group(1));
        }
        return pointers;
    }

    @Test
    void everyReferenceNamesWhatIsThere() {
        List<JsonNode> references = whole.findValues("$ref");

        assertThat(references).hasSizeGreaterThan(1000).allSatisfy(reference -> {
            assertThat(reference.asText()).startsWith("#/components/");
            assertThat(whole.at(JsonPointer.compile(reference.asText().substring(1)))
                            .isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        });
    }

    @Test
    void everyOperationHasAnIdOfItsOwn() {
        List<String> ids = whole.findValuesAsText("operationId");

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }

    @Test
    void everyPartHasTheFormOfOpenApi31() {
        assertThat(whole.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(whole.path("info").path("title").asText()).isNotEmpty();
        assertThat(whole.path("info").path("version").asText()).isNotEmpty();
        ObjectNode part = whole.deepCopy();
        part.remove(List.of("servers", "security"));
        ((ObjectNode) part.path("components")).remove("securitySchemes");
        assertThat(PartShape.mistakes(part)).isEmpty();
    }

    @Test
    void everySchemaIsOneOfJsonSchema() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        whole.path("components").path("schemas").properties().forEach(schema -> assertThat(
                        meta.validate(schema.getValue()))
                .as(schema.getKey())
                .isEmpty());
    }

    /** A path has exactly the parameters that its operations describe. */
    @Test
    void parametersOfPathsAreDescribed() {
        whole.path("paths").properties().forEach(path -> {
            Set<String> inPath = new TreeSet<>();
            Matcher matcher = Pattern.compile("\\{([^}]+)}").matcher(path.getKey());
            while (matcher.find()) {
                inPath.add(matcher.group(1));
            }
            path.getValue().properties().stream()
                    .filter(member -> PartShape.METHODS.contains(member.getKey()))
                    .forEach(member -> {
                        Set<String> described = new TreeSet<>();
                        for (JsonNode list : Arrays.asList(
                                path.getValue().path("parameters"),
                                member.getValue().path("parameters"))) {
                            list.forEach(parameter -> {
                                JsonNode found = parameter.has("$ref")
                                        ? whole.at(
                                                parameter.path("$ref").asText().substring(1))
                                        : parameter;
                                if (found.path("in").asText().equals("path")) {
                                    described.add(found.path("name").asText());
                                }
                            });
                        }
                        assertThat(described)
                                .as("%s %s", member.getKey(), path.getKey())
                                .isEqualTo(inPath);
                    });
        });
    }
}
