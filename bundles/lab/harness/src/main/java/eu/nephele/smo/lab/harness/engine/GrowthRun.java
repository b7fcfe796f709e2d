// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Runs with more and more graphs, each with a server of its own, and a chart of the cost per graph. */
final class GrowthRun {

    private static final int KILO = 1024;

    private final EngineOptions options;
    private final Path folder;
    private final PrintStream progress;

    GrowthRun(EngineOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
    }

    EngineResult run() throws IOException, InterruptedException {
        List<ObjectNode> runs = new ArrayList<>();
        boolean good = true;
        for (int graphs : options.growth()) {
            progress.println(graphs + " graphs");
            Path own = Files.createDirectories(folder.resolve(Integer.toString(graphs)));
            EngineResult result = new EngineRun(options.withGraphs(graphs), own, progress).run();
            runs.add(result.figures());
            good = good && result.isGood();
        }
        Files.writeString(options.picture(), picture(runs));
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("benchmark", "engine-growth");
        ArrayNode members = all.putArray("runs");
        runs.forEach(members::add);
        all.put("picture", options.picture().toAbsolutePath().toString());
        return new EngineResult(all, good);
    }

    static String picture(List<ObjectNode> runs) {
        return LineCharts.svg(
                "graphs",
                List.of(
                        chart("graphs per second", runs, run -> run.at("/deploy/graphsPerSecond")
                                .asDouble()),
                        chart("processor ms per graph", runs, run -> run.at("/deploy/cpuMillisPerGraph")
                                .asDouble()),
                        chart("heap after collection, KiB per graph", runs, GrowthRun::heapKilobytesPerGraph)));
    }

    private static double heapKilobytesPerGraph(ObjectNode run) {
        return NumberFormats.rounded(run.at("/deploy/heapMegabytes").asDouble()
                * KILO
                / run.path("graphs").asInt());
    }

    private static LineCharts.Chart chart(String title, List<ObjectNode> runs, ToDoubleFunction<ObjectNode> figure) {
        return new LineCharts.Chart(
                title,
                runs.stream()
                        .map(run -> new LineCharts.ChartPoint(run.path("graphs").asInt(), figure.applyAsDouble(run)))
                        .toList());
    }
}
