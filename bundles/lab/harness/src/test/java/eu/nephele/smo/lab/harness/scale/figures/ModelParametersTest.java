// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModelParametersTest {

    private static final Path CONFIGURATION = Path.of("../../../docs/reference/configuration.md");

    @Test
    void eachHasAUnitAndASource() {
        assertThat(ModelParameters.standard().all()).hasSizeGreaterThan(30).allSatisfy(parameter -> {
            assertThat(parameter.value()).as(parameter.name()).isPositive();
            assertThat(parameter.unit()).as(parameter.name()).isNotBlank();
            assertThat(parameter.source()).as(parameter.name()).isNotBlank();
        });
    }

    @Test
    void anotherValueIsNoLongerWhatWasMeasured() {
        ModelParameters changed = ModelParameters.standard().with("callMillis", 7);

        assertThat(changed.value("callMillis")).isEqualTo(7);
        assertThat(changed.all())
                .filteredOn(parameter -> parameter.name().equals("callMillis"))
                .allMatch(parameter -> parameter.kind() == ModelParameter.ParameterKind.ASSUMED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changed.with("callMilis", 1))
                .withMessageContaining("callMillis");
    }

    /** Defaults that the product changes have to be changed here, too. */
    @Test
    void whatIsADefaultOfTheProductStandsInItsReference() throws IOException {
        String page = Files.readString(CONFIGURATION);
        assertDefault(page, "core.engine", "pollMillis", "pollMillis");
        assertDefault(page, "core.store", "poolSize", "connectionsPerOwner", 1);
        assertDefault(page, "core.events", "retentionEvents", "retentionEvents");
        assertDefault(page, "core.journal", "retentionRecords", "retentionDecisions");
        assertDefault(page, "core.engine", "scalingIntervalSeconds", "scalingSeconds");
        assertDefault(page, "adapters.karmada~NAME", "resyncSeconds", "resyncSeconds");
        assertDefault(page, "adapters.prometheus~NAME", "maxQueryChars", "queryCharacters");
    }

    private static void assertDefault(String page, String pid, String property, String parameter) {
        assertDefault(page, pid, property, parameter, 0);
    }

    private static void assertDefault(String page, String pid, String property, String parameter, int more) {
        int section = page.indexOf("## `eu.nephele.smo." + pid + "`");
        Matcher row = Pattern.compile("\\| `%s` \\|[^|]*\\| `(\\d+)` \\|".formatted(property))
                .matcher(page);
        assertThat(section).as(pid).isNotNegative();
        assertThat(row.find(section)).as(property).isTrue();
        assertThat(ModelParameters.standard().value(parameter))
                .as(parameter)
                .isEqualTo(Double.parseDouble(row.group(1)) + more);
    }
}
