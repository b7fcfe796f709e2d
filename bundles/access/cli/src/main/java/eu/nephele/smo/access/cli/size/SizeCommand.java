// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code size}: predicts the requirements of a server from measured coefficients, without calling a server. */
@Command(
        name = "size",
        description =
                "Predicts heap, disk and processor for a number of graphs, from coefficients that ./smo bench engine"
                        + " has measured.")
public final class SizeCommand implements Callable<Integer> {

    /** Accepted deviation of predictions from measurements. */
    private static final double WITHIN_PERCENT = 15;

    private static final double PERCENT = 100;

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--graphs", paramLabel = "N", description = "How many graphs.")
    private @Nullable Integer graphs;

    @Option(names = "--services", paramLabel = "S", description = "Services of each.")
    private @Nullable Integer services;

    @Option(
            names = "--clusters",
            paramLabel = "C",
            defaultValue = "100",
            description = "Clusters of the federation; default: ${DEFAULT-VALUE}.")
    private int clusters;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1",
            description = "Changes of graphs per second; default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "Instead: the output of ./smo bench engine --json; how far predictions are from it, 15 %% at most.")
    private @Nullable Path compare;

    @Option(
            names = "--fit",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Instead: outputs of ./smo bench engine --json; prints coefficients made from them.")
    private List<Path> fit = new ArrayList<>();

    @Option(
            names = "--coefficients",
            paramLabel = "FILE",
            description = "Coefficients in place of those of the product, as --fit prints them.")
    private @Nullable Path coefficients;

    @Option(names = "--json", description = "JSON for programs instead of text for people.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        Terminal terminal = Terminal.create(spec.commandLine().getOut(), json);
        try {
            if (!fit.isEmpty()) {
                fit(spec);
                return 0;
            }
            Coefficients known = coefficients == null ? Coefficients.ofTheProduct() : Coefficients.read(coefficients);
            if (compare != null) {
                return compare(terminal, known, BenchMeasurement.read(compare)) ? 0 : 1;
            }
            if (graphs == null || services == null || !(rate >= 0) || rate > 1e6) {
                throw new IllegalArgumentException("--graphs and --services are needed, and --rate is 0 or more");
            }
            show(terminal, known, new FleetSize(graphs, services, clusters));
            return 0;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private void fit(CommandSpec spec) throws IOException {
        List<BenchMeasurement> runs = new ArrayList<>();
        for (Path file : fit) {
            runs.add(BenchMeasurement.read(file));
        }
        List<String> fleets = runs.stream()
                .map(BenchMeasurement::fleet)
                .map(fleet -> "%d x %d over %d".formatted(fleet.graphs(), fleet.services(), fleet.clusters()))
                .toList();
        spec.commandLine()
                .getOut()
                .print(LeastSquaresFit.fit(
                                runs,
                                "./smo bench engine, graphs x services over clusters: " + String.join(", ", fleets))
                        .text());
        spec.commandLine().getOut().flush();
    }

    private void show(Terminal terminal, Coefficients known, FleetSize fleet) {
        SizePrediction sizePrediction = SizePrediction.create(known, fleet, rate);
        if (json) {
            terminal.json(sizePrediction.json().put("source", known.source()));
            return;
        }
        terminal.line("%d graphs of %d services over %d clusters, %s changes per second"
                .formatted(fleet.graphs(), fleet.services(), fleet.clusters(), number(rate)));
        terminal.line("");
        terminal.table(new TableRenderer("what", "needs", "")
                .row("heap that lives", sizePrediction.liveHeapMegabytes() + " MB", "after a collection")
                .row(
                        "heap to grant",
                        sizePrediction.heapMegabytes() + " MB",
                        "SMO_HEAP=" + sizePrediction.heapMegabytes() + "m")
                .row("memory of the process", sizePrediction.residentMegabytes() + " MB", "at most")
                .row("disk", sizePrediction.dataMegabytes() + " MB", "when all graphs run")
                .row(
                        "disk for history",
                        sizePrediction.historyMegabytes() + " MB",
                        "at most: %d changes are kept, each taken for as large as a deployment"
                                .formatted(sizePrediction.changesKept()))
                .row("processor for changes", number(sizePrediction.coresForChanges()) + " cores", "")
                .row(
                        "processor at rest",
                        number(sizePrediction.coresAtRest()) + " cores",
                        "drift every 60 s, scaling every 30 s"));
        terminal.line("");
        terminal.line("Coefficients: " + known.source());
    }

    private static boolean compare(Terminal terminal, Coefficients known, BenchMeasurement benchMeasurement) {
        TableRenderer table = new TableRenderer("figure", "predicted", "measured", "deviation");
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        boolean near = true;
        for (SizingFigure figure : benchMeasurement.figures().keySet()) {
            double predicted = known.predict(figure, benchMeasurement.fleet());
            double found = benchMeasurement.figure(figure);
            double deviation = PERCENT * (predicted - found) / found;
            near &= Math.abs(deviation) <= WITHIN_PERCENT;
            table.row(figure.key(), number(predicted), number(found), "%s %%".formatted(number(deviation)));
            rows.addObject()
                    .put("figure", figure.key())
                    .put("predicted", predicted)
                    .put("measured", found)
                    .put("deviationPercent", deviation);
        }
        if (terminal.isJson()) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode().put("within15Percent", near);
            whole.set("figures", rows);
            terminal.json(whole);
        } else {
            terminal.table(table);
        }
        return near;
    }

    private static String number(double value) {
        // no "-0.00"
        double shown = Math.abs(value) < 0.005 ? 0 : value;
        return String.format(Locale.ROOT, Math.abs(shown) < 10 ? "%.2f" : "%.0f", shown);
    }
}
