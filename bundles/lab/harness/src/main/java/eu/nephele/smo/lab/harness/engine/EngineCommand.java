// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./smo bench engine}. */
@Command(name = "engine", description = "Takes many graphs through the whole server, phase by phase.")
public final class EngineCommand extends RunCommand {

    /** A comma at the end is part of the last value, which is then refused. */
    private static final String COMMA = ",(?!$)";

    @Option(names = "--graphs", paramLabel = "N", description = "Graphs.")
    private int graphs = 1000;

    @Option(names = "--services", paramLabel = "S", description = "Services of each.")
    private int services = 3;

    @Option(names = "--clusters", paramLabel = "C", description = "Clusters of the simulated federation.")
    private int clusters = 100;

    @Option(names = "--clients", paramLabel = "K", description = "Concurrent clients.")
    private int clients = 16;

    @Option(names = "--database", paramLabel = "DATABASE", description = "${COMPLETION-CANDIDATES}.")
    private DatabaseKind database = DatabaseKind.H2;

    @Option(names = "--phases", paramLabel = "NAME,...", split = COMMA, hideParamSyntax = true, description = "Phases.")
    private Set<String> phases = new LinkedHashSet<>(BenchPhases.names());

    @Option(names = "--steady-seconds", paramLabel = "T", description = "Observation without changes.")
    private int steadySeconds = 60;

    @Option(names = "--drift-seconds", paramLabel = "T", description = "Interval of passes over a running graph.")
    private int driftSeconds = 60;

    @Option(
            names = "--scaling-seconds",
            paramLabel = "T",
            description = "Interval of decisions on replicas; default: half of --drift-seconds.")
    private @Nullable Integer scalingSeconds;

    @Option(names = "--open-seconds", paramLabel = "T", description = "Deployments and reads sent when they are due.")
    private int openSeconds = 30;

    @Option(names = "--read-seconds", paramLabel = "T", description = "Mixed reads.")
    private int readSeconds = 20;

    @Option(names = "--read-rate", paramLabel = "PER_SECOND", description = "Mixed reads per second.")
    private int readRate = 200;

    @Option(
            names = "--warm-up-seconds",
            paramLabel = "T",
            description = "Half as many mixed reads a second before those that are measured.")
    private int warmUpSeconds;

    @Option(
            names = "--read-kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Kinds of mixed reads; default: all.")
    private Set<MixedReads.ReadKind> readKinds = EnumSet.allOf(MixedReads.ReadKind.class);

    @Option(names = "--streams", paramLabel = "N", description = "Streams of events of the phase crowd.")
    private int streams = 2_000;

    @Option(names = "--slow-senders", paramLabel = "N", description = "Clients that drip, of the phase crowd.")
    private int slowSenders = 200;

    @Option(names = "--overload-seconds", paramLabel = "T", description = "Overload with deployments.")
    private int overloadSeconds = 20;

    @Option(names = "--room-seconds", paramLabel = "T", description = "Observation after the removal of all graphs.")
    private int roomSeconds = 60;

    @Option(names = "--deliveries", paramLabel = "N", description = "Waiting webhook deliveries; default: 10 a graph.")
    private @Nullable Integer deliveries;

    @Option(
            names = "--growth",
            paramLabel = "N,...",
            split = COMMA,
            hideParamSyntax = true,
            description = "Numbers of graphs, one after the other.")
    private List<Integer> growth = List.of();

    @Option(names = "--picture", paramLabel = "FILE", description = "Picture of growth.")
    private Path picture = Path.of("engine-growth.svg");

    @Override
    protected Run run() {
        EngineOptions options = options();
        return (folder, progress) -> options.growth().isEmpty()
                ? new EngineRun(options, folder, progress).run()
                : new GrowthRun(options, folder, progress).run();
    }

    /** @throws IllegalArgumentException with a message for people */
    public EngineOptions options() {
        return new EngineOptions(
                new BenchFleet(graphs, services, clusters),
                clients,
                database,
                knownPhases(),
                new Spans(
                        steadySeconds,
                        driftSeconds,
                        scalingSeconds == null ? Math.max(1, driftSeconds / 2) : scalingSeconds,
                        openSeconds,
                        overloadSeconds,
                        roomSeconds),
                new MixedReads(readRate, readSeconds, warmUpSeconds, readKinds),
                new EngineOptions.Crowd(streams, slowSenders),
                deliveries == null ? OptionalInt.empty() : OptionalInt.of(deliveries),
                growth,
                picture,
                server());
    }

    private Set<String> knownPhases() {
        List<String> known = BenchPhases.names();
        phases.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "--phases %s: unknown phase, expected one of %s".formatted(name, String.join(", ", known)));
        });
        Set<String> wanted = new LinkedHashSet<>(phases);
        wanted.add(BenchPhases.DEPLOY);
        return wanted;
    }
}
