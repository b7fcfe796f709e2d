// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are hostile or hold something else than a descriptor; each is answered within a second. */
class BodiesTest {

    private static final String SERVICE = """
            {"id": "%s", "deployment": {"trigger": {}, "intent": {"compute": {"cpu": "light"}}},
             "artifact": {"ociImage": "oci://registry.example/a/b", "ociConfig": {"type": "App", "implementer": "HELM"}}%s}""";

    private static final Reading READING = Reading.usual();

    @BeforeAll
    static void warmUp() {
        READING.refusal("{}", Format.JSON);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesAnEmptyBody(Format format) {
        assertThat(READING.refusal("", format).violations())
                .containsExactly(
                        new Violation("", "an object with `hdaGraph` or `artifact` is expected, the body is empty"));
        assertThat(READING.refusal(" \n", format).kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "5", "\"hdaGraph: {id: yaml-in-a-text}\""})
    void refusesWhatIsNoObject(String body) {
        for (Format format : Format.values()) {
            SmoException refusal = READING.refusal(body, format);

            assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
            assertThat(refusal.violations()).extracting(Violation::pointer).containsExactly("");
        }
    }

    /** No answer in 20 s, or no memory, for a number that is too long to be written out. */
    @ParameterizedTest
    @CsvSource({
        "cpu, 1e5000000",
        "cpu, 1e999999999",
        "cpu, 1E2147483647",
        "cpu, -1e-2147483648",
        "ram, 1e5000000",
        "storage, 1e99999999999999999999",
        "cpu, 1.0E+309",
        "cpu, 1.5e-309"
    })
    void refusesNumbersThatNobodyCanWriteOut(String resource, String number) {
        String pointer = "/hdaGraph/services/0/deployment/intent/compute/" + resource;
        String json = graph(
                SERVICE.formatted("web", "").replace("\"cpu\": \"light\"", "\"%s\": %s".formatted(resource, number)));
        for (Format format : Format.values()) {
            // YAML 1.1 has no number 1e5 without a point and a sign
            String body = format == Format.JSON ? json : json.replace(number, yaml(number));

            SmoException refusal = inASecond(body, format);

            assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
            assertThat(refusal.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo(pointer);
                assertThat(violation.message()).contains("exponent");
            });
        }
    }

    private static String yaml(String number) {
        String pointed = number.contains(".") ? number : number.replaceFirst("(?i)e", ".0e");
        return pointed.replaceFirst("(?i)e([0-9])", "e+$1");
    }

    @Test
    void refusesNumbersWithManyDigitsAndLongTextsWithTheirPointers() {
        assertThat(inASecond("{\"a\": [1, %s]}".formatted("9".repeat(101)), Format.JSON)
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/a/1");
        String text = "\"%s\"".formatted("t".repeat(256 * 1024 + 1));
        for (Format format : Format.values()) {
            assertThat(inASecond("{\"a/b\": {\"c\": %s}}".formatted(text), format)
                            .violations())
                    .singleElement()
                    .satisfies(violation -> {
                        assertThat(violation.pointer()).isEqualTo("/a~1b/c");
                        assertThat(violation.message()).contains("262144");
                    });
            assertThat(inASecond("{\"%s\": 1}".formatted("n".repeat(1_001)), format)
                            .kind())
                    .isEqualTo(Kind.INVALID);
        }
    }

    /** Mistakes are in `errors`, as all others. */
    @ParameterizedTest
    @CsvSource({"JSON, '{\"a\": 1,\n  b}', 'line 2, column '", "YAML, 'a: [1,\nb: }', 'line '"})
    void saysLineAndColumnOfWhatCannotBeRead(Format format, String body, String place) {
        assertThat(READING.refusal(body, format).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith(place));
    }

    @Test
    void wantsEitherADescriptorOrAReference() {
        assertThat(READING.pointers("{}")).containsExactly("/hdaGraph");
        assertThat(READING.pointers("{artifact: 5}")).containsExactly("/artifact");
        assertThat(READING.pointers("{artifact: 'oci://registry.example/a', hdaGraph: {}}"))
                .contains("");
        assertThat(READING.pointers("{artefact: 'oci://registry.example/a'}")).containsExactly("", "/hdaGraph");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci://registry.example/p/graph:1.0.0",
                "http://10.0.0.1:5000/p/graph",
                "https://registry.example/p/graph@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void readsAReferenceWithDecisionParametersBesideIt(String reference) {
        String body =
                "{\"artifact\": \"%s\", \"override\": {\"placement\": {\"id\": \"optimal\"}}}".formatted(reference);

        DescriptorSource descriptorSource = READING.reader().read("demo", body.getBytes(UTF_8), Format.JSON);

        assertThat(descriptorSource).isInstanceOfSatisfying(DescriptorSource.ByReference.class, found -> {
            assertThat(found.reference()).isEqualTo(reference);
            assertThat(found.override().placement().id()).contains("optimal");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:///etc/passwd",
                "oci://",
                "oci://registry.example",
                "oci://r/../x",
                "oci://r/a b",
                "oci://r/a:"
            })
    void refusesAReferenceThatIsNone(String reference) {
        assertThat(READING.pointers("{artifact: '%s'}".formatted(reference))).containsExactly("/artifact");
    }

    @Test
    void refusesMembersThatAppearTwice() {
        String json = "{\"hdaGraph\": {\"id\": \"a\",\n \"id\": \"b\"}}";

        assertThat(READING.refusal(json, Format.JSON))
                .hasMessageContaining("line 2")
                .hasMessageContaining("id");
        assertThat(READING.refusal("hdaGraph:\n  id: a\n  id: b\n", Format.YAML))
                .hasMessageContaining("line 3, column 3")
                .hasMessageContaining("`id` appears twice");
    }

    @Test
    void refusesWhatComesAfterTheDocument() {
        assertThat(READING.refusal("{} {}", Format.JSON).kind()).isEqualTo(Kind.INVALID);
        assertThat(READING.refusal("a: 1\n---\nb: 2\n", Format.YAML)).hasMessageContaining("second document");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: !!java.net.URL [x] | tag",
                "a: !!str 5 | tag",
                "a: &b 1 | anchors",
                "a: *b | anchors",
                "*b : 1 | anchors",
                "? [a] : 1 | name of a member",
                "a: .nan | infinite",
                "a: 'x | quoted scalar",
            })
    void refusesYamlThatIsMoreThanJson(String yaml, String why) {
        assertThat(READING.refusal(yaml.strip(), Format.YAML))
                .hasMessageContaining(why)
                .hasMessageContaining("line 1, column");
    }

    @Test
    void namesTheByteThatIsNotUtf8() {
        byte[] body = "{\"hdaGraph\": \"??\"}".getBytes(UTF_8);
        body[14] = (byte) 0xC3;
        body[15] = (byte) 0x28;

        assertThat(READING.refusal(body, Format.JSON)).hasMessageContaining("byte 14 (0xC3) is not UTF-8");
        assertThat(READING.refusal(new byte[] {'a', (byte) 0xFF}, Format.YAML)).hasMessageContaining("byte 1 (0xFF)");
        assertThat(READING.refusal(new byte[] {'a', (byte) 0xE2, (byte) 0x82}, Format.YAML))
                .hasMessageContaining("byte 1 (0xE2)");
    }

    @Test
    void ignoresAByteOrderMark() {
        assertThat(READING.inline("\uFEFF" + graph(service("a", "")), Format.JSON)
                        .graph()
                        .services())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesABodyOverTheLimit(Format format) {
        String description = "d".repeat(6_000_000);
        String body =
                "{\"hdaGraph\": {\"id\": \"big\", \"description\": \"%s\", \"services\": []}}".formatted(description);

        assertThat(inASecond(body, format).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesTooManyServices(Format format) {
        String services =
                IntStream.range(0, 10_001).mapToObj(i -> service("s" + i, "")).collect(Collectors.joining(",\n"));

        assertThat(inASecond(graph(services), format).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesDeepNesting(Format format) {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        String body =
                graph(service("a", "")).replace("}}]}}", "}, \"valuesOverwrite\": {\"a\": %s}}]}}".formatted(deep));

        SmoException refusal = inASecond(body, format);

        assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
        assertThat(refusal)
                .hasMessageContaining("nested deeper than 100 levels")
                .hasMessageContaining("line");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesTooManyValues(Format format) {
        String body = "{\"a\": [" + "[],".repeat(400_000) + "1]}";

        assertThat(inASecond(body, format).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void answersABodyFullOfMistakesWithABoundedList(Format format) {
        String members =
                IntStream.range(0, 50_000).mapToObj(i -> "\"m" + i + "\": 1").collect(Collectors.joining(","));

        SmoException refusal = inASecond("{\"hdaGraph\": {" + members + "}}", format);

        assertThat(refusal.violations()).hasSizeBetween(400, 500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "123456789012345678901234567890"})
    void survivesNumbersThatNobodyCanCount(String number) {
        String scaling =
                ", \"scaling\": {\"minReplicas\": %s, \"maxReplicas\": %s, \"profile\": {\"alpha\": 1, \"beta\": %s}}"
                        .formatted(number, number, number);

        SmoException refusal = inASecond(graph(service("a", scaling)), Format.JSON);

        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .contains("/hdaGraph/services/0/scaling/minReplicas", "/hdaGraph/services/0/scaling/maxReplicas");
    }

    @Test
    void survivesTextsThatMakeRegularExpressionsSweat() {
        String reference = "oci://r/" + "a.".repeat(500_000);
        String body = graph(service("a", "")).replace("oci://registry.example/a/b", reference);

        assertThat(inASecond(body, Format.JSON).violations())
                .extracting(Violation::pointer)
                .containsExactly("/hdaGraph/services/0/artifact/ociImage");
    }

    @Test
    void survivesALongChainAndAThickNetOfDependencies() {
        String chain = IntStream.range(0, 1_000)
                .mapToObj(i -> service("s" + i, "").replace("\"trigger\": {}", after(List.of("s" + (i + 1) % 1_000))))
                .collect(Collectors.joining(","));
        List<String> all = IntStream.range(0, 300).mapToObj(i -> "s" + i).toList();
        String net = all.stream()
                .map(id -> service(id, "")
                        .replace(
                                "\"trigger\": {}",
                                after(all.stream()
                                        .filter(other -> !other.equals(id))
                                        .toList())))
                .collect(Collectors.joining(","));

        assertThat(inASecond(graph(chain), Format.JSON)).hasMessageContaining("1000 services");
        assertThat(inASecond(graph(net), Format.JSON).violations()).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void readsAThousandServices(Format format) {
        List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "s" + i).toList();
        String services = ids.stream()
                .map(id -> service(id, "")
                        .replace(
                                "\"compute\"",
                                "\"connectionPoints\": [%s], \"compute\""
                                        .formatted(ids.stream()
                                                .filter(other -> !other.equals(id))
                                                .limit(20)
                                                .map("\"%s\""::formatted)
                                                .collect(Collectors.joining(",")))))
                .collect(Collectors.joining(",\n"));

        Graph graph = Reading.withinASecond(
                () -> READING.inline(graph(services), format).graph());

        assertThat(graph.services()).hasSize(1_000);
        assertThat(graph.links()).hasSize(20_000);
    }

    private static String after(List<String> others) {
        return "\"trigger\": {\"auto\": {\"dependencies\": [%s]}}"
                .formatted(others.stream().map("\"%s\""::formatted).collect(Collectors.joining(",")));
    }

    private static SmoException inASecond(String body, Format format) {
        return Reading.withinASecond(() -> READING.refusal(body, format));
    }

    private static String service(String id, String more) {
        return SERVICE.formatted(id, more);
    }

    private static String graph(String services) {
        return "{\"hdaGraph\": {\"id\": \"g\", \"services\": [%s]}}".formatted(services);
    }
}
