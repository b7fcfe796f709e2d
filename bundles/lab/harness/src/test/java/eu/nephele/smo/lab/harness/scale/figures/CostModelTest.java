// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CostModelTest {

    /** A line as the benchmark prints it, of a server whose costs are known. */
    private static String line(int graphs, int services, int clusters, String database, double share) {
        double millis = (6000 + graphs * (30 + 4 * services + 0.02 * services * clusters)) * share;
        return String.format(
                Locale.ROOT,
                "{\"benchmark\":\"engine\",\"graphs\":%d,\"services\":%d,\"clusters\":%d,\"clients\":16,"
                        + "\"database\":\"%s\",\"deploy\":{\"cpuMillisPerGraph\":%f,\"graphsPerSecond\":10},"
                        + "\"steady\":{\"percentOfACore\":%f},\"restart\":{\"cpuMillisPerGraph\":%f}}",
                graphs,
                services,
                clusters,
                database,
                millis / graphs,
                (20 + 0.3 * graphs + 0.1 * clusters) / 10,
                (4000 + 12.0 * graphs) / graphs);
    }

    private static final List<String> LINES = List.of(
            "# for people",
            line(150, 5, 20, "h2", 1),
            line(150, 5, 400, "h2", 1),
            line(600, 5, 100, "h2", 1),
            line(400, 1, 100, "h2", 1),
            line(300, 3, 50, "h2", 1),
            line(150, 5, 100, "postgresql", 0.8));

    @Test
    void costsAreFoundInRuns() throws IOException {
        CostModel costs = CostModel.from(EngineRunResult.read(LINES));

        assertThat(costs.warmUpMillis()).isCloseTo(6000, within(1.0));
        assertThat(costs.perGraphMillis()).isCloseTo(30, within(0.01));
        assertThat(costs.perServiceMillis()).isCloseTo(4, within(0.01));
        assertThat(costs.perPairMillis()).isCloseTo(0.02, within(0.0001));
        assertThat(costs.postgresqlShare()).isCloseTo(0.8, within(0.001));
        assertThat(costs.lookMillis()).isCloseTo(12, within(0.01));
        assertThat(costs.steady().idleMillis()).isCloseTo(20, within(0.01));
        assertThat(costs.steady().perGraphMillis()).isCloseTo(0.3, within(0.001));
        assertThat(costs.steady().perClusterMillis()).isCloseTo(0.1, within(0.001));
        assertThat(costs.graphMillis(5, 10_000)).isCloseTo(1050, within(1.0));
    }

    @Test
    void tooFewRunsAreRefused() throws IOException {
        List<EngineRunResult> few = EngineRunResult.read(LINES.subList(0, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostModel.from(few))
                .withMessageStartingWith("2 runs with the embedded database");
    }

    @Test
    void noCostIsNegativeWhateverTheNoise() {
        double[] fitted = LeastSquares.fit(new double[][] {{1, 1}, {1, 2}, {1, 3}}, new double[] {30, 20, 10});

        assertThat(fitted[0]).isBetween(10.0, 20.0);
        assertThat(fitted[1]).isZero();
    }

    @Test
    void whatIsNoRunIsRefused() {
        assertThatThrownBy(() -> EngineRunResult.read(List.of("{\"benchmark\":\"swap\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not a line of bench engine --json");
    }

    @Test
    void theRunsOfTheProgramDetermineTheCosts() {
        CostModel costs = CostModel.from(EngineRunResult.standard());

        assertThat(costs.graphMillis(5, 100)).isPositive();
        assertThat(costs.perPairMillis()).isPositive();
    }
}
