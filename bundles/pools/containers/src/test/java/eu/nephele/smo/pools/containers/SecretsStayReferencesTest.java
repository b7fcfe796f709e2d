// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.pools.containers.compare.FileDiff;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.translation.ServiceDescriptors;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that are set where the server runs are never read here; those in the file are never told. */
class SecretsStayReferencesTest {

    private static final String MARKER = "hunter2";

    /** The variable is set to the marker, see {@link Texts#READER}. */
    @Test
    void theValueOfAVariableIsNeitherInTheModelNorInTheDescriptor() {
        ContainersFile shop = Texts.read(Texts.shop());
        String descriptor = new ServiceDescriptors(Optional.of("registry.example"))
                .descriptor(shop, shop.service("web").orElseThrow(), Instant.EPOCH)
                .toJson();

        assertThat(shop.toString()).doesNotContain(MARKER).contains("env:SHOP_DB_PASSWORD");
        assertThat(descriptor)
                .doesNotContain(MARKER)
                .contains("\"DB_PASSWORD\":{\"secret\":\"env:SHOP_DB_PASSWORD\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: [ PASSWORD hunter2 ]",
                "environment: [ A=hunter2, A=hunter2 ]",
                "environment: { A: [ hunter2 ] }",
                "environment: hunter2",
                "environment: { A: \"hunter2${B}\" }",
                "environment: [ A=hunter2",
                "db_password: hunter2",
            })
    void whatMayBeSecretIsNotPartOfFindings(String line) {
        FileReport report = Texts.READER.lint(Texts.service(line));
        assertThat(report.findings()).isNotEmpty();
        assertThat(report.findings().toString()).doesNotContain(MARKER);
    }

    @Test
    void textsOfTheEnvironmentAreNotShownByDifferences() {
        ContainersFile before = Texts.read(Texts.service("environment: [ A=hunter2 ]\nnote: hunter2"));
        ContainersFile after = Texts.read(Texts.service("environment: [ A=hunter22 ]\nnote: hunter22"));
        FileDiff diff = FileDiff.between(before, after);

        assertThat(before.services().get(0).container().toString()).doesNotContain(MARKER);
        assertThat(diff.services().changed().get(0).changes())
                .extracting(FileDiff.KeyChange::key)
                .containsExactly("environment.A", "note");
        assertThat(diff.toString()).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A} | env:A",
                "${A_1} | env:A_1",
                "a$b | (text) a$b",
                "$A | (text) $A",
                "{A} | (text) {A}",
                "$${A} | (text) ${A}",
                "a$${A}b$${B} | (text) a${A}b${B}",
                "${A}b |",
                "a${A} |",
                "${A}${B} |",
                "${} |",
                "${1} |",
                "${A:-x} |",
                "$$${A} | (text) $${A}",
            })
    void oneVariableIsTheWholeValueOrThereIsNone(String written, String expected) {
        String read = TextOrSecret.parse(written)
                .map(value -> value instanceof TextOrSecret.PlainText text ? "(text) " + text.text() : value.toString())
                .orElse(null);
        assertThat(read).isEqualTo(expected);
    }
}
