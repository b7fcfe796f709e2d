// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import eu.nephele.smo.core.contract.descriptor.LintReport.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of descriptors have their place in the text. */
class LintTest {

    private static final String GOOD = """
            hdaGraph:
              id: web
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
            """;

    private final HdagReader reader = Reading.usual().reader();

    private LintReport lint(String body, Format format) {
        return reader.lint("demo", body.getBytes(UTF_8), format);
    }

    @Test
    void aGoodOneHasNoErrors() {
        LintReport report = lint(GOOD, Format.YAML);
        assertThat(report.errors()).isEmpty();
        assertThat(report.services()).isEqualTo(1);
    }

    @Test
    void anErrorIsWhereItsMemberIs() {
        LintReport report =
                lint(GOOD.replace("id: front", "id: Front").replace("cpu: small", "cpu: huge"), Format.YAML);

        assertThat(report.errors()).extracting(Finding::pointer).contains("/hdaGraph/services/0/id");
        Finding id = report.errors().get(0);
        assertThat(id.line()).isEqualTo(4);
        assertThat(id.column()).isEqualTo(7);
        assertThat(report.errors())
                .allSatisfy(finding -> assertThat(finding.line()).isIn(4, 8));
    }

    @Test
    void whatIsMissingIsWhereItShouldBe() {
        LintReport report =
                lint(GOOD.replace("        ociImage: \"oci://registry.example/demo/front\"\n", ""), Format.YAML);
        assertThat(report.errors()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.pointer()).startsWith("/hdaGraph/services/0/artifact");
            assertThat(finding.line()).isEqualTo(9);
        });
        assertThat(lint("a: 1", Format.YAML).errors()).isNotEmpty().allSatisfy(finding -> assertThat(finding.line())
                .isEqualTo(1));
    }

    @Test
    void jsonHasPlacesToo() {
        String json =
                "{\n  \"hdaGraph\": {\n    \"id\": \"Web\",\n    \"services\": [ {},\n      { \"id\": 7 } ]\n  }\n}";
        LintReport report = lint(json, Format.JSON);
        assertThat(report.errors()).anySatisfy(finding -> {
            assertThat(finding.pointer()).isEqualTo("/hdaGraph/id");
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.column()).isEqualTo(5);
        });
        assertThat(report.errors()).anySatisfy(finding -> {
            assertThat(finding.pointer()).startsWith("/hdaGraph/services/1");
            assertThat(finding.line()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "YAML | hdaGraph: [ 1            | 1 | 14",
                "YAML | hdaGraph: { a: 1, a: 2 } | 1 | 19",
                "JSON | { \"a\": 1, }            | 1 | 11",
            })
    void whatCannotBeReadHasAPlace(Format format, String body, int line, int column) {
        List<Finding> errors = lint(body, format).errors();
        assertThat(errors).singleElement().satisfies(finding -> {
            assertThat(finding.pointer()).isEmpty();
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.column()).isEqualTo(column);
            assertThat(finding.message()).doesNotContain("line 1");
        });
    }

    @Test
    void namesWithSlashesAndTildesAreFound() {
        String body = GOOD + "  x/y~z:\n    deep: 1\n";
        LintReport report = lint(body, Format.YAML);
        assertThat(report.errors()).anySatisfy(finding -> {
            assertThat(finding.pointer()).isEqualTo("/hdaGraph");
            assertThat(finding.line()).isEqualTo(12);
        });
    }

    @Test
    void bytesThatAreNoTextHaveNoPlace() {
        LintReport report = reader.lint("demo", new byte[] {'a', (byte) 0xFF}, Format.YAML);
        assertThat(report.errors()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isZero();
            assertThat(finding.message()).contains("byte 1");
        });
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        byte[] body = new byte[6_000_000];
        assertThatThrownBy(() -> reader.lint("demo", body, Format.YAML))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.TOO_LARGE));
    }

    /** Five megabytes with an error in each service, which is read twice. */
    @ParameterizedTest
    @CsvSource({"YAML", "JSON"})
    void aLargeOneTakesLittleTime(Format format) {
        StringBuilder body = new StringBuilder(
                format == Format.YAML
                        ? "hdaGraph:\n  id: web\n  services:\n"
                        : "{\"hdaGraph\":{\"id\":\"web\",\"services\":[");
        for (int i = 0; body.length() < 4_900_000; i++) {
            body.append(
                    format == Format.YAML
                            ? "    - id: S%d\n      x-note: %s\n".formatted(i, "n".repeat(10_000))
                            : "%s{\"id\":\"S%d\",\"x-note\":\"%s\"}"
                                    .formatted(i == 0 ? "" : ",\n", i, "n".repeat(10_000)));
        }
        body.append(format == Format.YAML ? "" : "]}}");
        LintReport report = Reading.withinASecond(() -> lint(body.toString(), format));

        assertThat(report.errors()).hasSize(500);
        assertThat(report.errors().get(499).line()).isGreaterThan(100);
    }
}
