// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.scale.Validation.Comparison;
import eu.nephele.smo.lab.harness.scale.figures.CostModel;
import eu.nephele.smo.lab.harness.scale.model.SimulationResult;
import java.util.Locale;
import java.util.Map;

final class ScaleReport {

    private static final double DIGITS = 1000;

    private final ScaleResult result;

    ScaleReport(ScaleResult result) {
        this.result = result;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        ScaleOptions.Size size = result.options().size();
        CostModel costs = result.model().costs();
        line(
                text,
                "%,d graphs of %d services, %,d clusters, seed %d",
                size.graphs(),
                size.perGraph(),
                size.clusters(),
                result.options().seed());
        line(
                text,
                "costs: %.1f ms per graph + %.2f per service + %.4f per service and cluster (x %.2f with PostgreSQL), %.1f s of warm-up",
                costs.perGraphMillis(),
                costs.perServiceMillis(),
                costs.perPairMillis(),
                costs.postgresqlShare(),
                costs.warmUpMillis() / DIGITS);
        line(text, "");
        line(
                text,
                "the model beside the benchmark                      cpu/graph ms  predicted         graphs/s  simulated");
        result.comparisons()
                .forEach(it -> line(
                        text,
                        "%-50s %13.1f %10s %7s %8.1f %10.1f %+6.0f %%",
                        it.run().size(),
                        it.measuredCpuMillis(),
                        it.predictedCpuMillis().map("%.1f"::formatted).orElse("-"),
                        it.cpuDeviation().map("%+.0f %%"::formatted).orElse(""),
                        it.measuredPerSecond(),
                        it.simulatedPerSecond(),
                        it.rateDeviation()));
        line(text, "");
        line(
                text,
                "%-24s %6s %9s %8s %-26s %9s %9s %9s %9s %9s",
                "",
                "owners",
                "graphs/s",
                "P99 s",
                "busiest",
                "conflicts",
                "takeover s",
                "looked s",
                "region s",
                "running s");
        result.rows()
                .forEach(row -> line(
                        text,
                        "%-24s %6d %9.1f %8.0f %-26s %9d %9.1f %9.1f %9.1f %9.1f",
                        row.name(),
                        row.owners(),
                        row.calm().pace().graphsPerSecond(),
                        row.struck().pace().p99Seconds(),
                        busiest(row.calm()),
                        row.calm().work().conflicts(),
                        row.struck().recovery().takeoverSeconds(),
                        row.struck().recovery().lookedSeconds(),
                        row.calm().recovery().lossDecidedSeconds(),
                        row.calm().recovery().lossRunningSeconds()));
        line(text, "");
        result.sizes()
                .forEach(it -> line(
                        text, "%-46s %14s %-22s %s", it.what(), "%,.1f".formatted(it.value()), it.unit(), it.how()));
        if (!result.changes().isEmpty()) {
            line(text, "");
            line(text, "%-28s %14s %14s %14s %14s", "8 owners", "half: rate", "looked", "twice: rate", "looked");
            result.changes()
                    .forEach(it -> line(
                            text,
                            "%-28s %14.2f %14.2f %14.2f %14.2f",
                            it.parameter(),
                            it.half().rate(),
                            it.half().recovery(),
                            it.twice().rate(),
                            it.twice().recovery()));
        }
        return text.toString();
    }

    private static String busiest(SimulationResult simulationResult) {
        return "%s %.0f %%"
                .formatted(
                        simulationResult.bottleneck(),
                        100 * simulationResult.use().getOrDefault(simulationResult.bottleneck(), 0.0));
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append(System.lineSeparator());
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ScaleOptions.Size size = result.options().size();
        root.put("benchmark", "scale");
        root.put("graphs", size.graphs());
        root.put("services", size.services());
        root.put("clusters", size.clusters());
        root.put("databases", size.databases());
        root.put("seed", result.options().seed());
        root.put("good", result.isGood());
        CostModel costs = result.model().costs();
        root.putObject("costs")
                .put("warmUpMillis", rounded(costs.warmUpMillis()))
                .put("perGraphMillis", rounded(costs.perGraphMillis()))
                .put("perServiceMillis", rounded(costs.perServiceMillis()))
                .put("perPairMillis", costs.perPairMillis())
                .put("lookMillis", rounded(costs.lookMillis()))
                .put("steadyMillisPerGraph", rounded(costs.steady().perGraphMillis()))
                .put("steadyMillisPerCluster", rounded(costs.steady().perClusterMillis()))
                .put("postgresqlShare", rounded(costs.postgresqlShare()));
        ArrayNode validation = root.putArray("validation");
        result.comparisons().forEach(it -> compared(validation.addObject(), it));
        ArrayNode rows = root.putArray("rows");
        result.rows().forEach(row -> row(rows.addObject(), row));
        ObjectNode sizes = root.putObject("sizes");
        result.sizes().forEach(it -> sizes.put(it.name(), rounded(it.value())));
        ArrayNode changes = root.putArray("sensitivity");
        result.changes().forEach(it -> changes.addObject()
                .put("parameter", it.parameter())
                .put("halfRate", rounded(it.half().rate()))
                .put("halfLooked", rounded(it.half().recovery()))
                .put("twiceRate", rounded(it.twice().rate()))
                .put("twiceLooked", rounded(it.twice().recovery())));
        return root.toString();
    }

    private static void compared(ObjectNode node, Comparison it) {
        node.put("run", it.run().size().toString());
        node.put("cpuMillisPerGraph", it.measuredCpuMillis());
        it.predictedCpuMillis().ifPresent(predicted -> node.put("predictedCpuMillisPerGraph", rounded(predicted)));
        node.put("graphsPerSecond", it.measuredPerSecond());
        node.put("simulatedGraphsPerSecond", rounded(it.simulatedPerSecond()));
    }

    private static void row(ObjectNode node, ReportRow row) {
        SimulationResult calm = row.calm();
        node.put("name", row.name());
        node.put("owners", row.owners());
        node.put("graphsPerSecond", rounded(calm.pace().graphsPerSecond()));
        node.put("secondsUntilAllRun", rounded(calm.pace().seconds()));
        node.put("p50Seconds", rounded(row.struck().pace().p50Seconds()));
        node.put("p99Seconds", rounded(row.struck().pace().p99Seconds()));
        node.put("acceptP99Millis", rounded(row.struck().pace().acceptP99Millis()));
        node.put("conflicts", calm.work().conflicts());
        ObjectNode use = node.putObject("use");
        calm.use().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> use.put(entry.getKey(), rounded(entry.getValue())));
        node.put("takeoverSeconds", rounded(row.struck().recovery().takeoverSeconds()));
        node.put("lookedSeconds", rounded(row.struck().recovery().lookedSeconds()));
        node.put("regionGraphs", calm.recovery().lostGraphs());
        node.put("regionDecidedSeconds", rounded(calm.recovery().lossDecidedSeconds()));
        node.put("regionRunningSeconds", rounded(calm.recovery().lossRunningSeconds()));
        SimulationResult.Safety safety = row.struck().safety();
        node.put("lost", safety.lost() + calm.safety().lost());
        node.put("repeated", safety.repeated() + calm.safety().repeated());
        node.put("callsWithoutLease", safety.callsWithoutLease());
        node.put("overlappingCalls", safety.overlappingCalls());
        node.put("refusedWrites", safety.refusedWrites());
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * DIGITS) / DIGITS : 0;
    }
}
