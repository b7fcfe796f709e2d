// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of bundles come into the OpenAPI document and go, and whatever they are, the document stays one. */
final class JoinedContractTest {

    private static final String ZONES = """
            openapi: 3.1.0
            info:
              title: Zones
              version: '1'
            tags:
              - name: Zones
            paths:
              /api/v1/projects/{project}/zones:
                get:
                  operationId: listZones
                  tags: [Zones]
                  parameters:
                    - $ref: '#/components/parameters/Project'
                  responses:
                    '200':
                      description: The zones
                      content:
                        application/json:
                          schema:
                            $ref: '#/components/schemas/Zones'
                    default:
                      $ref: '#/components/responses/Problem'
            components:
              schemas:
                Zones:
                  type: array
                  items:
                    type: string
            """;

    @TempDir
    Path folder;

    /** The document without any bundle. */
    private static final String ALONE = new JoinedContract().yaml();

    private final JoinedContract contract = new JoinedContract();

    private BundlePart part(String bundle, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(bundle + ".yaml"), content);
        return new BundlePart(bundle, "1.0.0", file.toUri().toURL(), false);
    }

    private BundlePart part(String bundle, String content) throws IOException {
        return part(bundle, content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode whole() throws IOException {
        return new YAMLMapper().readTree(contract.yaml());
    }

    @Test
    void aPartIsInTheDocumentAsLongAsItsBundleIsThere() throws IOException {
        contract.bring(List.of(part("org.example.zones", ZONES)));

        JsonNode operation = whole().at("/paths/~1api~1v1~1projects~1{project}~1zones/get");
        assertThat(operation.path("operationId").asText()).isEqualTo("listZones");
        assertThat(operation.path("x-served-by").asText()).isEqualTo("org.example.zones");
        assertThat(whole().at("/components/schemas/Zones/items/type").asText()).isEqualTo("string");
        assertThat(whole().path("tags").findValuesAsText("name")).contains("Zones", "Graphs");
        assertThat(whole().path("info").path("title").asText()).startsWith("Synergetic");
        assertThat(contract.warnings()).isEmpty();

        contract.bring(List.of());
        assertThat(contract.yaml()).isEqualTo(ALONE);
    }

    /** The start of the server asks for warnings, and brings these parts, many times. */
    @Test
    void forPartsOfTheProductNothingIsReadBeforeTheDocumentIsAskedFor() throws IOException {
        BundlePart unfit = part("eu.nephele.smo.access.zones", "no part");
        contract.bring(List.of(new BundlePart(unfit.bundle(), unfit.version(), unfit.file(), true)));
        contract.refresh();
        assertThat(contract.warnings()).isEmpty();

        assertThat(contract.yaml()).isEqualTo(ALONE);
        assertThat(contract.warnings()).singleElement().asString().contains("eu.nephele.smo.access.zones 1.0.0");
    }

    @Test
    void aPartOfTheProductIsAsIfItWereOursAndOthersMayReferToIt() throws IOException {
        BundlePart zones = part("eu.nephele.smo.access.zones", ZONES);
        BundlePart other = part("org.example.views", """
                openapi: 3.1.0
                paths:
                  /api/v1/views:
                    get:
                      responses:
                        '200':
                          description: As the zones
                          content:
                            application/json:
                              schema:
                                $ref: '#/components/schemas/Zones'
                """);
        contract.bring(List.of(other, new BundlePart(zones.bundle(), zones.version(), zones.file(), true)));

        JsonNode paths = whole().path("paths");
        assertThat(paths.at("/~1api~1v1~1projects~1{project}~1zones/get").has("x-served-by"))
                .isFalse();
        assertThat(paths.at("/~1api~1v1~1views/get/x-served-by").asText()).isEqualTo("org.example.views");
        assertThat(contract.warnings()).isEmpty();
    }

    @Test
    void theContractIsCachedUntilABundleComesOrGoes() throws IOException {
        assertThat(contract.yaml()).isEqualTo(ALONE);
        BundlePart zones = part("org.example.zones", ZONES);
        contract.bring(List.of(zones));
        String with = contract.yaml();
        Files.delete(Path.of(zones.file().getPath()));

        assertThat(contract.yaml()).as("nothing is read again").isEqualTo(with).isNotEqualTo(ALONE);
    }

    /** Invalid parts with the expected messages. */
    static Stream<Arguments> unfit() {
        return Stream.of(
                wrong("a path of ours", zones("/zones:", "/graphs/{graph}:"), "the path", "already exists"),
                wrong(
                        "a path of ours, said in another way",
                        ZONES.replace("/api/v1/projects/{project}/zones:", "/api/v1/projects/{p}/graphs:"),
                        "the path /api/v1/projects/{p}/graphs already exists"),
                wrong(
                        "a path twice",
                        ZONES.replace("paths:\n", "paths:\n  /api/v1/projects/{p}/zones: {}\n"),
                        "the path /api/v1/projects/{project}/zones already exists"),
                wrong(
                        "a schema of ours",
                        ZONES.replace("    Zones:\n", "    Graph:\n").replace("schemas/Zones", "schemas/Graph"),
                        "#/components/schemas/Graph already exists"),
                wrong("an operationId of ours", zones("listZones", "listClusters"), "listClusters already exists"),
                wrong("a tag of ours", zones("name: Zones", "name: Graphs"), "the tag Graphs already exists"),
                wrong(
                        "a reference to nothing",
                        zones("schemas/Zones'", "schemas/Zone'"),
                        "/paths/~1api~1v1~1projects~1{project}~1zones/get/responses/200/content"
                                + "/application~1json/schema/$ref",
                        "does not resolve"),
                wrong(
                        "a reference to a file",
                        zones("'#/components/schemas/Zones'", "'zones.yaml'"),
                        "does not resolve"),
                wrong(
                        "a reference to a host",
                        zones("'#/components/schemas/Zones'", "'https://example.org/zones.yaml#/a'"),
                        "does not resolve"),
                wrong("a reference to all schemas", zones("schemas/Zones'", "schemas/'"), "does not resolve"),
                wrong(
                        "a reference to another section",
                        zones("'#/components/responses/Problem'", "'#/components/schemas/Problem'"),
                        "names nothing below #/components/responses"),
                wrong("another version", zones("3.1.0", "3.0.3"), "/openapi is '3.0.3', expected 3.1.0"),
                wrong("no version", zones("openapi: 3.1.0\n", ""), "/openapi is ''"),
                wrong("no YAML", zones("paths:", "paths: ]"), "it is not valid YAML", "line"),
                wrong("a list", "- a\n", "it is not a YAML object"),
                wrong("nothing", "", "it is not a YAML object"),
                wrong("a text", "openapi", "it is not a YAML object"),
                wrong("a member twice", ZONES + "openapi: 3.1.0\n", "Duplicate", "openapi"),
                wrong("two documents", ZONES + "---\na: b\n", "it has several documents"),
                wrong("an alias", ZONES + "x-a: &a b\nx-b: *a\n", "it has anchors or aliases"),
                wrong("an anchor", ZONES + "x-a: &a [b]\n", "it has anchors or aliases"),
                wrong("a tag of YAML", ZONES + "x-a: !!binary aGVsbG8=\n", "it has tags of YAML"),
                wrong("a bomb", ZONES + bomb(), "it has anchors or aliases"),
                wrong("a merge", ZONES + "x-a: &a {b: c}\nx-b:\n  <<: *a\n", "it has anchors or aliases"),
                wrong("a number without end", ZONES + "x-a: 1e999\n", "it has a number that is too large, line"),
                wrong("what is too deep", ZONES + "x-a: " + "[".repeat(60) + "]".repeat(60) + "\n", "depth"),
                wrong("what is too deep to end", ZONES + "x-a: " + "[".repeat(100_000), "depth"),
                wrong("what is too large", ZONES + "#" + "x".repeat(ContractPart.MAX_BYTES), "more than 262144 bytes"),
                wrong("servers", ZONES + "servers:\n  - url: https://example.org\n", "/servers does not belong there"),
                wrong("webhooks", ZONES + "webhooks: {}\n", "/webhooks does not belong there"),
                wrong("another gate", ZONES + "security: []\n", "/security does not belong there"),
                wrong(
                        "schemes of security",
                        ZONES + "  securitySchemes:\n    key: {type: http, scheme: basic}\n",
                        "/components/securitySchemes does not belong there"),
                wrong(
                        "a scheme of security that is not there",
                        zones("      tags: [Zones]", "      tags: [Zones]\n      security:\n        - key: []"),
                        "securityScheme key does not exist"),
                wrong("a path without a slash", zones("/api/v1/proj", "api/v1/proj"), "does not begin with '/'"),
                wrong("an extension as a path", zones("/api/v1/projects/{project}/zones:", "x-a:"), "does not begin"),
                wrong("a method that is none", zones("    get:", "    fetch:"), "/fetch does not belong there"),
                wrong(
                        "an operation that is none",
                        zones("    get:\n", "    put: 1\n    get:\n"),
                        "/put is not an object"),
                wrong("a response that is none", zones("'200':", "ok:"), "/responses/ok is not a status"),
                wrong("a response without words", zones("description: The zones", "x-a: b"), "/200/description"),
                wrong("tags that are none", zones("  - name: Zones", "  - Zones"), "/tags/0/name is not a text"),
                wrong("a section that is none", ZONES + "  things: {}\n", "/components/things does not belong there"),
                wrong("an extension as a section", ZONES + "  x-a: 1\n", "/components/x-a does not belong there"),
                wrong("a schema that is none", ZONES + "    x-a: 1\n", "/components/schemas/x-a is not a schema"),
                wrong("a name that is none", ZONES + "    'a b': true\n", "has other characters"),
                wrong("paths that are none", "openapi: 3.1.0\npaths: 7\n", "/paths is not an object"),
                wrong("components that are none", "openapi: 3.1.0\ncomponents: []\n", "/components is not an object"));
    }

    private static String zones(String ours, String theirs) {
        String changed = ZONES.replace(ours, theirs);
        assertThat(changed).isNotEqualTo(ZONES);
        return changed;
    }

    private static Arguments wrong(String what, String part, String... messages) {
        return Arguments.of(what, part, List.of(messages));
    }

    /** Nine levels of nine: more than any memory has. */
    private static String bomb() {
        return IntStream.range(1, 10)
                .mapToObj(level -> "x-%d: &a%d [%s]\n"
                        .formatted(
                                level,
                                level,
                                level == 1
                                        ? "b"
                                        : IntStream.range(0, 9)
                                                .mapToObj(any -> "*a" + (level - 1))
                                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void anInvalidPartIsLeftOutAndReported(String what, String content, List<String> messages) throws IOException {
        contract.bring(List.of(part("org.example.unfit", content)));

        assertThat(contract.warnings())
                .as(what)
                .singleElement()
                .asString()
                .startsWith("the OpenAPI document lacks OSGI-INF/openapi.yaml of org.example.unfit 1.0.0: ")
                .contains(messages)
                .hasSizeLessThan(1000);
        assertThat(contract.yaml()).isEqualTo(ALONE);
    }

    @Test
    void whatIsNoTextIsLeftOut() throws IOException {
        contract.bring(List.of(part("org.example.latin", "title: \u00e4".getBytes(StandardCharsets.ISO_8859_1))));

        assertThat(contract.warnings()).singleElement().asString().endsWith("it is not UTF-8");
        assertThat(contract.yaml()).isEqualTo(ALONE);
    }

    @Test
    void whatCannotBeReadIsLeftOut() throws IOException {
        BundlePart part = part("org.example.zones", ZONES);
        Files.delete(folder.resolve("org.example.zones.yaml"));
        contract.bring(List.of(part));

        assertThat(contract.warnings()).singleElement().asString().contains("it cannot be read");
        assertThat(contract.yaml()).isEqualTo(ALONE);
    }

    @Test
    void anInvalidPartDoesNotExcludeOthers() throws IOException {
        contract.bring(List.of(
                part("org.example.unfit", zones("openapi: 3.1.0", "openapi: 3.0.0")),
                part("org.example.zones", ZONES)));

        assertThat(whole().at("/components/schemas/Zones").isObject()).isTrue();
        assertThat(contract.warnings()).hasSize(1);
    }

    @Test
    void ofTwoThatClashTheFirstIsTakenAndTheOtherWhenThatHasGone() throws IOException {
        BundlePart first = part("org.example.first", ZONES);
        BundlePart second = part("org.example.second", ZONES);
        contract.bring(List.of(first, second));

        assertThat(whole().findValuesAsText("x-served-by")).contains("org.example.first");
        assertThat(contract.warnings())
                .singleElement()
                .asString()
                .contains(
                        "org.example.second 1.0.0",
                        "the path /api/v1/projects/{project}/zones already exists",
                        "the operationId listZones already exists",
                        "#/components/schemas/Zones already exists");

        contract.bring(List.of(second));
        assertThat(whole().findValuesAsText("x-served-by")).contains("org.example.second");
        assertThat(contract.warnings()).isEmpty();
    }

    @Test
    void onePartDoesNotReferToWhatAnotherBundleBrings() throws IOException {
        String user = """
                openapi: 3.1.0
                paths:
                  /api/v1/zones:
                    get:
                      responses:
                        '200':
                          description: All zones
                          content:
                            application/json:
                              schema:
                                $ref: '#/components/schemas/Zones'
                """;
        contract.bring(List.of(part("org.example.zones", ZONES), part("org.example.user", user)));

        assertThat(contract.warnings())
                .singleElement()
                .asString()
                .contains("org.example.user", "does not resolve: #/components/schemas/Zones");
    }

    @Test
    void manyErrorsAreReportedInPart() throws IOException {
        String paths = IntStream.range(0, 100)
                .mapToObj(number -> "  /a%d: 1\n".formatted(number))
                .collect(Collectors.joining());
        contract.bring(List.of(part("org.example.unfit", "openapi: 3.1.0\npaths:\n" + paths)));

        assertThat(contract.warnings()).singleElement().asString().endsWith("; and 95 more");
    }

    /** Texts that YAML 1.1 or 1.2 reads as other types. */
    @Test
    void textsStayTexts() throws IOException {
        List<String> texts = List.of(
                "yes",
                "no",
                "on",
                "off",
                "true",
                "null",
                "~",
                "1",
                "1.0",
                "0x1f",
                "0o17",
                "1e3",
                "1_000",
                "12:30:45",
                "2026-01-01",
                "2026-01-01T00:00:00Z",
                ".inf",
                ".nan",
                "-",
                "- a",
                "a: b",
                "a #b",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "{a}",
                "[a]",
                "a\nb",
                "a\nb\n",
                "  a\nb",
                " a",
                "a ",
                "'",
                "\"",
                "?",
                "|",
                ">",
                "=",
                "<<");
        String part = "openapi: 3.1.0\ncomponents:\n  schemas:\n    Texts:\n      enum:\n"
                + texts.stream()
                        .map(text -> "        - \"%s\"\n"
                                .formatted(text.replace("\"", "\\\"").replace("\n", "\\n")))
                        .collect(Collectors.joining());
        contract.bring(List.of(part("org.example.texts", part)));

        assertThat(contract.warnings()).isEmpty();
        JsonNode written = whole().at("/components/schemas/Texts/enum");
        assertThat(written).extracting(JsonNode::asText).isEqualTo(texts);
        assertThat(written).allMatch(JsonNode::isTextual);
        List<Object> by11 = new org.yaml.snakeyaml.Yaml()
                .<java.util.Map<
                                String,
                                java.util.Map<String, java.util.Map<String, java.util.Map<String, List<Object>>>>>>
                        load(contract.yaml())
                .get("components")
                .get("schemas")
                .get("Texts")
                .get("enum");
        assertThat(by11).as("as YAML 1.1 reads it").isEqualTo(texts);
    }
}
