// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.MetricsPage.DescribedMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metric is described where it is recorded, and the page of metrics has all of them as they are described. */
class MetricsPageTest {

    private static final Path RIGHT = Path.of("target/metrics.md").toAbsolutePath();

    static List<DescribedMetric> described() {
        return MetricsPage.described();
    }

    @BeforeAll
    static void writeWhatItShouldBe() throws IOException {
        Files.createDirectories(RIGHT.getParent());
        Files.writeString(RIGHT, MetricsPage.with(described(), Files.readString(MetricsPage.PAGE)));
    }

    @Test
    void thePageIsMadeOfTheDescriptions() throws IOException {
        assertThat(described()).hasSizeGreaterThan(50);
        assertThat(MetricsPage.PAGE).as("as it should be it is in %s", RIGHT).hasSameTextualContentAs(RIGHT);
    }

    @Test
    void eachMetricIsDescribedInTheBundleThatRecordsIt() {
        Map<String, Set<String>> described = new TreeMap<>();
        described().forEach(metric -> described
                .computeIfAbsent(metric.room(), any -> new TreeSet<>())
                .add(metric.name()));

        assertThat(MetricsPage.recorded()).isEqualTo(described);
    }

    @ParameterizedTest
    @MethodSource("described")
    void aDescriptionIsComplete(DescribedMetric metric) {
        assertThat(metric.meaning()).isNotBlank().doesNotEndWith(".").doesNotContain("|");
        assertThat(metric.unit()).isNotBlank();
        assertThat(metric.name()).matches("smo_[a-z]+_[a-z]+(_[a-z]+)*");
        assertThat(metric.name().endsWith("_total")).isEqualTo(metric.type().equals("COUNTER"));
        assertThat(metric.name().endsWith("_seconds")).isEqualTo(metric.unit().equals("seconds"));
        assertThat(metric.name().endsWith("_bytes")).isEqualTo(metric.unit().equals("bytes"));
        assertThat(described().stream().filter(other -> other.name().equals(metric.name())))
                .as("one bundle describes it")
                .hasSize(1);
    }

    @Test
    void aCapabilityIsReadAsItWasWritten() {
        String header = "osgi.service;objectClass:List<String>=\"a,b\",smo.metric;name=smo_a_b;type=GAUGE;unit=graphs;"
                + "labels:List<String>=\"kind,outcome=a|b\";meaning=\"One, with \\\"quotes\\\"; `code`\","
                + "smo.metric;name=smo_c_d;type=COUNTER;unit=graphs;meaning=Second";

        List<DescribedMetric> found = MetricsPage.of("core/engine", header);

        assertThat(found)
                .containsExactly(
                        new DescribedMetric(
                                "core/engine",
                                "smo_a_b",
                                "GAUGE",
                                "graphs",
                                List.of("kind", "outcome=a|b"),
                                "One, with \"quotes\"; `code`"),
                        new DescribedMetric("core/engine", "smo_c_d", "COUNTER", "graphs", List.of(), "Second"));
        assertThat(found.get(0).values()).isEqualTo(Map.of("kind", Set.of(), "outcome", Set.of("a", "b")));
        assertThat(found.get(0).row())
                .isEqualTo("| `smo_a_b` | gauge | graphs | `kind`, `outcome` (`a`, `b`) | One, with \"quotes\"; `code`"
                        + " | [core/engine](../../bundles/core/engine) |");
    }
}
