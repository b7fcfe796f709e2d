// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreeRegionsTest {

    private static final double ROUNDING = 0.1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 99})
    void theCurvesHaveTheirMeansAndSwingByFortyPercent(long seed) {
        List<ClusterModel> regions = new ThreeRegions(10, 5, seed).scenario().clusters();
        List<Double> means = List.of(60.0, 250.0, 450.0);
        for (int r = 0; r < regions.size(); r++) {
            List<Double> curve = regions.get(r).carbonGramsPerKwh();
            double mean = means.get(r);
            assertThat(curve.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                    .isCloseTo(mean, within(ROUNDING));
            double most = Math.max(Collections.max(curve) - mean, mean - Collections.min(curve));
            assertThat(most).isCloseTo(0.4 * mean, within(ROUNDING));
        }
    }

    @Test
    void theSunnyRegionIsCleanestAtNoonAndDirtiestInTheEvening() {
        List<Double> curve =
                new ThreeRegions(10, 5, 1).scenario().clusters().get(1).carbonGramsPerKwh();
        assertThat(curve.indexOf(Collections.min(curve))).isBetween(11, 14);
        assertThat(curve.indexOf(Collections.max(curve))).isBetween(18, 21);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 100})
    void theCleanestRegionHoldsAtMostFortyPercentOfThePeakAndAllHoldItTogether(int graphs) {
        ThreeRegions regions = new ThreeRegions(graphs, 5, 1);
        double peak = 0;
        for (Duration at = Duration.ZERO; at.compareTo(ThreeRegions.DAY) < 0; at = at.plusMinutes(5)) {
            Duration now = at;
            peak = Math.max(
                    peak,
                    regions.graphs().stream()
                            .mapToDouble(graph -> graph.coresNeeded(now))
                            .sum());
        }
        assertThat(regions.peakCores()).isEqualTo(peak);
        List<Long> cores = regions.scenario().clusters().stream()
                .map(region -> region.capacity().cpuMillis() / 1000)
                .toList();
        assertThat((double) cores.get(0)).isLessThanOrEqualTo(0.4 * peak);
        assertThat((double) cores.get(0) + cores.get(1) + cores.get(2)).isGreaterThan(1.3 * peak);
    }

    @Test
    void manyGraphsHaveLimits() {
        List<DayGraph> graphs = new ThreeRegions(100, 5, 1).graphs();
        assertThat(graphs.stream().filter(graph -> !graph.apart().isEmpty())).hasSizeGreaterThan(5);
        assertThat(graphs.stream().filter(graph -> !graph.near().isEmpty())).hasSizeGreaterThan(3);
        assertThat(graphs.stream().filter(graph -> graph.services().stream()
                        .anyMatch(service -> !service.excluded().isEmpty())))
                .hasSizeGreaterThan(5);
    }

    @Test
    void theFileOfTheExamplesIsWhatTheGeneratorMakes() throws Exception {
        Scenario scenario = new ThreeRegions(100, 5, 1).scenario();
        Path file = Path.of("../../../examples/scenarios/a-day-of-three-regions.yaml");
        assertThat(Files.readString(file)).isEqualTo(ScenarioText.of(scenario));
        assertThat(ScenarioFile.read(file)).isEqualTo(scenario);
    }
}
