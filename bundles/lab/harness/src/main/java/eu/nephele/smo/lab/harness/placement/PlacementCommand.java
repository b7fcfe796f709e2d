// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.harness.command.MachineText;
import eu.nephele.smo.lab.harness.decisions.ComponentFactory;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.bestfit.BestFitStrategy;
import eu.nephele.smo.placement.consolidate.ConsolidateStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import eu.nephele.smo.placement.spreadout.SpreadOutStrategy;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code ./smo bench placement}. Exit status 1: one of the rows is an error. */
@Command(
        name = "placement",
        description = "Runs placement strategies on instances: value, own bound and time, one line of CSV each.")
public final class PlacementCommand implements Callable<Integer> {

    private static final long MILLIS = 1000;
    private static final long GRACE_MILLIS = 5_000;

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
            description = "first-fit, best-fit, spread-out, consolidate, greedy, optimal, anytime, auto.")
    private List<String> strategies = List.of("anytime");

    @Option(
            names = "--against",
            paramLabel = "SOLVER",
            description =
                    "cpsat: also CP-SAT of OR-Tools with one worker, in a process of its own; fetched when it is first used.")
    private @Nullable String against;

    @Option(
            names = "--objective",
            paramLabel = "OBJECTIVE",
            description =
                    "ref, wide, comm, full or all: what is minimised in files of the format federation; wide if not given.")
    private @Nullable InstanceObjective objective;

    @Option(names = "--seed", paramLabel = "S", description = "Of the strategies.")
    private int seed = 1;

    @Option(
            names = "--trace",
            description = "Further runs with limits from 1 ms on, each twice the one before: when is what found?")
    private boolean trace;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Runs of each strategy on each instance, of which the one with the median time counts.")
    private int repeats = 1;

    @Option(
            names = "--record-bounds",
            paramLabel = "FILE",
            description =
                    "Table of the best bounds known, in which those of this run are written where they are higher.")
    private @Nullable Path bounds;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Option(
            names = "--generate",
            paramLabel = "S,C,CLASS,SEED",
            description =
                    "Instance of the format federation with S services and C clusters, loose or tight; beside or instead of files.")
    private List<String> generated = List.of();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Instances.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(seconds > 0 && seconds <= Integer.MAX_VALUE)) {
            throw refusal("--time has to be more than 0, it is " + seconds);
        }
        if (repeats < 1) {
            throw refusal("--repeat has to be 1 or more, it is " + repeats);
        }
        if (files.isEmpty() && generated.isEmpty()) {
            throw refusal("Missing required parameter: FILE, or --generate");
        }
        List<InstanceSource> sources = new ArrayList<>();
        try {
            generated.forEach(wanted -> sources.add(InstanceSource.generated(wanted)));
        } catch (IllegalArgumentException wrong) {
            throw refusal(wrong.getMessage());
        }
        files.forEach(file -> sources.add(InstanceSource.file(file)));
        List<MeasuredSolver> solvers = solvers();
        BestBounds known = BestBounds.shipped();
        if (bounds != null && Files.exists(bounds)) {
            known = known.with(BestBounds.read(bounds));
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        PlacementReport report = new PlacementReport(MachineText.text(), today);
        System.out.println(PlacementReport.HEADER);
        List<PlacementRow> rows = new ArrayList<>();
        for (InstanceSource source : sources) {
            InstanceComparison comparison = compare(source, solvers, known);
            rows.addAll(comparison.rows());
            known = known.with(comparison.rows(), today);
            print(comparison, report);
        }
        if (bounds != null) {
            known.write(bounds);
        }
        if (json) {
            System.out.println(report.json(rows));
        }
        return rows.stream().anyMatch(row -> row.status() == PlacementRow.RowStatus.ERROR) ? 1 : 0;
    }

    private InstanceComparison compare(InstanceSource source, List<MeasuredSolver> solvers, BestBounds known)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Instance instance = source.read(Optional.ofNullable(format), Optional.ofNullable(objective));
        double readSeconds = RunLimits.secondsSince(start);
        List<PlacementRow> rows = new ArrayList<>();
        for (MeasuredSolver solver : solvers) {
            rows.add(solver.run(instance, readSeconds));
        }
        return InstanceComparison.compare(rows, known.bound(instance));
    }

    private static void print(InstanceComparison comparison, PlacementReport report) {
        for (PlacementRow row : comparison.rows()) {
            System.out.println(report.csv(row, comparison.bestBound()));
            if (row.status() == PlacementRow.RowStatus.ERROR) {
                System.err.printf(
                        "%s, %s, %s: %s%n",
                        row.instance().name(),
                        row.instance().objectiveName(),
                        row.solver(),
                        row.answer().reason());
            }
        }
    }

    private List<MeasuredSolver> solvers() {
        Map<String, PlacementStrategy> known = known();
        RunLimits limits = new RunLimits(Math.max(1, Math.round(seconds * MILLIS)), seed, GRACE_MILLIS);
        List<MeasuredSolver> solvers = new ArrayList<>();
        for (String id : strategies) {
            PlacementStrategy strategy = Optional.ofNullable(known.get(id))
                    .orElseThrow(
                            () -> refusal("There is no strategy '%s'; known are %s".formatted(id, known.keySet())));
            solvers.add(new PlacementRun(id, strategy, limits, trace, repeats));
        }
        if (against != null) {
            solvers.add(new CpSatRun(cpSatCommand(against), limits));
        }
        return solvers;
    }

    private List<String> cpSatCommand(String solver) {
        try {
            return CpSatProgram.command(solver);
        } catch (IllegalArgumentException wrong) {
            throw refusal(wrong.getMessage());
        }
    }

    private ParameterException refusal(@Nullable String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static Map<String, PlacementStrategy> known() {
        Map<String, PlacementStrategy> known = new TreeMap<>();
        known.put("first-fit", ComponentFactory.create(FirstFitStrategy.class, Map.of()));
        known.put("auto", new AutoStrategy());
        known.put("best-fit", new BestFitStrategy());
        known.put("spread-out", new SpreadOutStrategy());
        known.put("consolidate", new ConsolidateStrategy());
        known.put("greedy", ComponentFactory.create(GreedyStrategy.class, Map.of()));
        known.put("optimal", ComponentFactory.create(OptimalStrategy.class, Map.of()));
        known.put("anytime", new AnytimeStrategy());
        return known;
    }
}
