// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.harness.decisions.ComponentFactory;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./smo bench placement}. Exit status 1: a placement breaks a rule, or a bound is above a value. */
@Command(
        name = "placement",
        description = "Runs placement strategies on instances: value, own bound and time, one line of CSV each.")
public final class PlacementCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final long MILLIS = 1000;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "federation, gap or mcbench: what the files have to be. They tell their format themselves.")
    private @Nullable String format;

    @Option(names = "--time", paramLabel = "SECONDS", description = "Limit of each run.")
    private double seconds = 10;

    @Option(
            names = "--strategies",
            paramLabel = "ID,...",
            split = ",",
            hideParamSyntax = true,
            description = "first-fit, greedy, optimal, anytime.")
    private List<String> strategies = List.of("anytime");

    @Option(
            names = "--objective",
            paramLabel = "OBJECTIVE",
            description =
                    "ref, wide, comm, full or all: what is minimised in files of the format federation; wide if not given.")
    private @Nullable InstanceObjective objective;

    @Option(names = "--seed", paramLabel = "S", description = "Of the strategies.")
    private long seed = 1;

    @Option(
            names = "--trace",
            description = "Further runs with limits from 1 ms on, each twice the one before: when is what found?")
    private boolean trace;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Instances.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0 && seconds <= Integer.MAX_VALUE)) {
            throw new ParameterException(command.commandLine(), "--time has to be more than 0, it is " + seconds);
        }
        List<PlacementRun> runs = runs();
        PlacementReport report = new PlacementReport("0.1.0", machine(), LocalDate.now(ZoneOffset.UTC));
        System.out.println(PlacementReport.HEADER);
        List<PlacementRow> rows = new ArrayList<>();
        for (Path file : files) {
            long start = System.nanoTime();
            Instance instance = InstanceReader.read(file, Optional.ofNullable(format), Optional.ofNullable(objective));
            double buildSeconds = (System.nanoTime() - start) / NANOS;
            for (PlacementRun run : runs) {
                PlacementRow row = run.run(instance, buildSeconds);
                rows.add(row);
                System.out.println(report.csv(row));
            }
        }
        if (json) {
            System.out.println(report.json(rows));
        }
        return rows.stream().anyMatch(row -> row.status() == PlacementRow.RowStatus.ERROR) ? 1 : 0;
    }

    private static String machine() {
        return "%s with %d processors and Java %d"
                .formatted(
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
    }

    private List<PlacementRun> runs() {
        Map<String, PlacementStrategy> known = known();
        long limitMillis = Math.max(1, Math.round(seconds * MILLIS));
        List<PlacementRun> runs = new ArrayList<>();
        for (String id : strategies) {
            PlacementStrategy strategy = Optional.ofNullable(known.get(id))
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            "There is no strategy '%s'; known are %s".formatted(id, known.keySet())));
            runs.add(new PlacementRun(id, strategy, limitMillis, seed, trace));
        }
        return runs;
    }

    private static Map<String, PlacementStrategy> known() {
        Map<String, PlacementStrategy> known = new TreeMap<>();
        known.put("first-fit", ComponentFactory.create(FirstFitStrategy.class, Map.of()));
        known.put("greedy", ComponentFactory.create(GreedyStrategy.class, Map.of()));
        known.put("optimal", ComponentFactory.create(OptimalStrategy.class, Map.of()));
        known.put("anytime", new AnytimeStrategy());
        return known;
    }
}
