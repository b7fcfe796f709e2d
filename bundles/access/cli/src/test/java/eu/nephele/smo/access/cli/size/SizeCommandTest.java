// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heap, disk and processor of a fleet, predicted from measurements of the benchmark. */
class SizeCommandTest {

    private static final String COEFFICIENTS = """
            source=a test
            heapMegabytes.base=40
            heapMegabytes.perGraph=0.01
            heapMegabytes.perService=0.005
            heapMegabytes.perCluster=0.1
            dataMegabytes.base=50
            dataMegabytes.perGraph=0.05
            dataMegabytes.perService=0.01
            dataMegabytes.perGraphAndCluster=0.0001
            cpuMillisPerGraph.base=10
            cpuMillisPerGraph.perService=4
            cpuMillisPerGraph.perCluster=0.05
            cpuMillisPerGraph.once=5000
            percentOfACore.base=1
            percentOfACore.perGraph=0.002
            percentOfACore.perService=0.0001
            """;

    @TempDir
    private Path folder;

    @Test
    void aFleetIsPredictedFromTheCoefficients() throws IOException {
        JsonNode sizing = FakeSmo.json(run("--graphs=10000", "--services=5", "--clusters=200", "--rate=2", "--json")
                .out());

        assertThat(sizing.path("liveHeapMegabytes").asLong()).isEqualTo(40 + 100 + 250 + 20);
        assertThat(sizing.path("heapMegabytes").asLong()).isEqualTo(1230);
        assertThat(sizing.path("residentMegabytes").asLong()).isEqualTo(1230 + 460);
        assertThat(sizing.path("dataMegabytes").asLong()).isEqualTo(50 + 500 + 500 + 200);
        assertThat(sizing.path("changesKept").asLong()).as("a million at most").isEqualTo(1_000_000);
        assertThat(sizing.path("historyMegabytes").asLong()).isEqualTo(120_000);
        assertThat(sizing.path("coresForChanges").asDouble()).isCloseTo(0.081, within(1e-9));
        assertThat(sizing.path("coresAtRest").asDouble()).isCloseTo(0.26, within(1e-9));
    }

    @Test
    void aSmallFleetGetsTheSmallestHeapAndNoChangesLeaveNoHistory() throws IOException {
        CommandLineRun run = run("--graphs=10", "--services=3", "--rate=0");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("SMO_HEAP=320m", "disk for history", "0 MB", "Coefficients: a test", "over 100 clusters");
    }

    @Test
    void theProductBringsCoefficients() {
        CommandLineRun run = CommandLineRun.of("size", "--graphs=1000", "--services=5", "--json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(FakeSmo.json(run.out()).path("liveHeapMegabytes").asLong()).isPositive();
        assertThat(FakeSmo.json(run.out()).path("source").asText()).contains("bench engine");
    }

    @Test
    void aRunOfTheBenchmarkIsComparedFigureByFigure() throws IOException {
        Path near = measured("near", 100, 3, 20, 44.5, 58.2, 73, 1.23);
        Path far = measured("far", 100, 3, 20, 44.5, 80, 73, 1.23);

        assertThat(run("--compare", near.toString()).status()).isZero();
        CommandLineRun run = run("--compare", far.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("dataMegabytes").contains("-27 %");
        JsonNode json = FakeSmo.json(run("--compare", far.toString(), "--json").out());
        assertThat(json.path("within15Percent").asBoolean(true)).isFalse();
        assertThat(json.path("figures").size()).isEqualTo(4);
    }

    @Test
    void coefficientsAreMadeFromRunsThatTheyThenPredict() throws IOException {
        Coefficients truth = Coefficients.read(coefficients());
        List<String> arguments = new ArrayList<>(List.of("size", "--fit"));
        int[][] fleets = {{100, 3, 20}, {400, 3, 20}, {200, 5, 20}, {200, 3, 80}, {1000, 8, 200}};
        for (int[] each : fleets) {
            FleetSize fleet = new FleetSize(each[0], each[1], each[2]);
            arguments.add(measured(
                            "run-%d-%d-%d".formatted(each[0], each[1], each[2]),
                            each[0],
                            each[1],
                            each[2],
                            truth.predict(SizingFigure.HEAP_MEGABYTES, fleet),
                            truth.predict(SizingFigure.DATA_MEGABYTES, fleet),
                            truth.predict(SizingFigure.CPU_MILLIS_PER_GRAPH, fleet),
                            truth.predict(SizingFigure.PERCENT_OF_A_CORE, fleet))
                    .toString());
        }

        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isZero();
        Coefficients fitted = Coefficients.read(Files.writeString(folder.resolve("fitted"), run.out()));
        assertThat(fitted.source()).contains("100 x 3 over 20", "1000 x 8 over 200");
        FleetSize other = new FleetSize(10_000, 5, 200);
        for (SizingFigure figure : SizingFigure.values()) {
            double expected = truth.predict(figure, other);
            assertThat(fitted.predict(figure, other)).as(figure.key()).isCloseTo(expected, within(expected * 0.01));
        }
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "source=x\nheapMegabytes.base=-1\n");
        Path noResult = Files.writeString(folder.resolve("log"), "deploy ...\n{\"benchmark\":\"swap\"}\n");

        assertThat(CommandLineRun.of("size", "--graphs=1", "--services=1", "--coefficients", broken.toString())
                        .err())
                .contains("heapMegabytes.base is -1, expected a number, 0 or more");
        assertThat(run("--compare", noResult.toString()).err()).contains("not a result of ./smo bench engine");
        assertThat(run("--compare", folder.resolve("none").toString()).err()).contains("does not exist");
        assertThat(run("--graphs=1").status()).isEqualTo(64);
        assertThat(run("--graphs=0", "--services=1").status()).isEqualTo(64);
        assertThat(run("--graphs=1", "--services=1", "--rate=NaN").status()).isEqualTo(64);
    }

    private CommandLineRun run(String... arguments) throws IOException {
        return CommandLineRun.of(
                Stream.concat(Stream.of("size", "--coefficients", coefficients().toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Path coefficients() throws IOException {
        return Files.writeString(folder.resolve("coefficients"), COEFFICIENTS);
    }

    /** As the benchmark writes it: how it went, then one line of JSON. */
    private Path measured(
            String name, int graphs, int services, int clusters, double heap, double data, double cpu, double rest)
            throws IOException {
        return Files.writeString(
                folder.resolve(name),
                String.format(Locale.ROOT, """
                        deploy ...
                          deploy {"done":100}
                        {"benchmark":"engine","graphs":%d,"services":%d,"clusters":%d,"deploy":{"dataMegabytes":%.9f,"cpuMillisPerGraph":%.9f},"steady":{"heapMegabytes":%.9f,"percentOfACore":%.9f}}
                        """, graphs, services, clusters, data, cpu, heap, rest));
    }
}
