// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadConfigurationCheckTest {

    static final String ENGINE = "eu.nephele.smo.core.engine";

    /** Two described PIDs, one without properties, and one that is read without a description. */
    static final class Fixed implements ConfigurationReaders {

        private final Map<String, Set<String>> described = Map.of(
                ENGINE,
                Set.of("scalingIntervalSeconds", "driftSeconds", "smo.data"),
                "eu.nephele.smo.core.store",
                Set.of("url", "user"),
                "eu.nephele.smo.bare",
                Set.of());

        @Override
        public Optional<Set<String>> propertiesOf(String pid) {
            return Optional.ofNullable(described.get(pid));
        }

        @Override
        public boolean readsUndescribed(String pid) {
            return pid.equals("JakartarsServletWhiteboardRuntimeComponent");
        }

        @Override
        public Set<String> describedPids() {
            return described.keySet();
        }
    }

    private final UnreadConfigurationCheck check = new UnreadConfigurationCheck(new Fixed());

    private List<String> findings(String pid, String... properties) {
        return check.findings(pid, List.of(properties), Optional.of(pid + ".cfg"));
    }

    @Test
    void aMisspeltPropertyIsNamedWithItsFileAndTheNearestKnownName() {
        assertThat(findings(ENGINE, "driftSeconds", "scalingIntervalSecond"))
                .containsExactly("The property scalingIntervalSecond of the configuration eu.nephele.smo.core.engine"
                        + " (eu.nephele.smo.core.engine.cfg) is not read by any bundle: it has no effect;"
                        + " did you mean scalingIntervalSeconds?");
    }

    @Test
    void anUnknownPropertyIsReportedWithTheKnownOnes() {
        assertThat(findings(ENGINE, "colour"))
                .singleElement()
                .asString()
                .endsWith("it has no effect; it has driftSeconds, scalingIntervalSeconds, smo.data");
        assertThat(findings("eu.nephele.smo.bare", "colour"))
                .singleElement()
                .asString()
                .endsWith("it has no effect; it has no properties");
    }

    @Test
    void propertyNamesAreCaseSensitive() {
        assertThat(findings(ENGINE, "DriftSeconds")).singleElement().asString().endsWith("did you mean driftSeconds?");
    }

    @Test
    void aPidThatNobodyReadsIsNamedWithTheNearestOne() {
        assertThat(findings("eu.nephele.smo.core.engin", "driftSeconds"))
                .containsExactly("The configuration eu.nephele.smo.core.engin"
                        + " (eu.nephele.smo.core.engin.cfg) is not read by any bundle: it has no effect;"
                        + " did you mean eu.nephele.smo.core.engine?");
        assertThat(check.findings("mine", List.of("x"), Optional.empty()))
                .containsExactly("The configuration mine is not read by any bundle: it has no effect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JakartarsServletWhiteboardRuntimeComponent",
                "org.apache.felix.http",
                "org.apache.felix.fileinstall",
                "org.osgi.service.log.admin",
                "org.eclipse.anything"
            })
    void theFrameworkIsLeftInPeace(String pid) {
        assertThat(findings(pid, "anything", "at.all")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service.pid",
                "service.factoryPid",
                "service.ranking",
                "component.name",
                "felix.fileinstall.filename",
                ".private",
                ":configurator:ranking",
                "graphs.target",
                "registries.cardinality.minimum"
            })
    void propertiesOfTheFrameworkBelongToEveryConfiguration(String property) {
        assertThat(findings(ENGINE, property, "driftSeconds")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url, url, 0",
        "url, URL, 0",
        "ulr, url, 2",
        "usr, user, 1",
        "'', abc, 3",
        "kitten, sitting, 3",
    })
    void distanceIsTheNumberOfChanges(String one, String other, int distance) {
        assertThat(NearestName.distance(one, other)).isEqualTo(distance);
        assertThat(NearestName.distance(other, one)).isEqualTo(distance);
    }
}
