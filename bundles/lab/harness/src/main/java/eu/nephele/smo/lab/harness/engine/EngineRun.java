// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.harness.server.Postgres;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * One run: a world, a server, and the phases one after the other. A failed phase has its reason in the result, and the
 * others go on; without the deployment no phase is possible. Acknowledged and lost graphs are reported in any case.
 */
public final class EngineRun {

    private static final int WORLD_HEAP_MEGABYTES = 3072;
    private static final long SEED = 13;

    private final EngineOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final BenchFleet fleet;
    private final ObjectNode result = JsonNodeFactory.instance.objectNode();

    public EngineRun(EngineOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
        this.fleet = options.fleet();
    }

    public EngineResult run() throws IOException, InterruptedException {
        result.put("benchmark", "engine");
        result.put("graphs", fleet.graphs());
        result.put("services", fleet.services());
        result.put("clusters", fleet.clusters());
        result.put("clients", options.clients());
        result.put("database", options.database().toString());
        Path scenario = folder.resolve("fleet.yaml");
        Files.writeString(scenario, fleet.scenario());
        if (options.database() == DatabaseKind.H2) {
            return run(scenario, Optional.empty(), "");
        }
        try (Postgres postgres = Postgres.start()) {
            return run(scenario, Optional.of(postgres), postgres.newSchema(folder.resolve("postgres.password")));
        }
    }

    private EngineResult run(Path scenario, Optional<Postgres> postgres, String store)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (SimulatedWorldProcess world =
                        SimulatedWorldProcess.start(scenario, WORLD_HEAP_MEGABYTES, 0, SEED, folder);
                EngineServer server = EngineServer.start(options.server(), folder, world, store, options.spans());
                BenchContext bench = new BenchContext(options, server, world, new BenchDatabase(postgres, data))) {
            boolean good = true;
            for (BenchPhase phase : BenchPhases.all()) {
                if (options.phases().contains(phase.name())) {
                    good = run(phase, bench) && good;
                }
                if (!good && phase.name().equals(BenchPhases.DEPLOY)) {
                    break;
                }
            }
            return new EngineResult(result, judge(bench) && good);
        }
    }

    private boolean run(BenchPhase phase, BenchContext bench) throws InterruptedException {
        if (phase.name().equals(BenchPhases.REMOVE) && !judge(bench)) {
            // lost graphs cannot be removed
            return false;
        }
        progress.println(phase.name() + " ...");
        ObjectNode figures = result.withObjectProperty(phase.name());
        boolean good = false;
        try {
            good = phase.run(bench, figures);
            if (!good) {
                figures.put("failed", "It did not end.");
            }
        } catch (IOException | CompletionException e) {
            figures.put("failed", e.getMessage() == null ? e.toString() : e.getMessage());
        }
        progress.println("  " + phase.name() + " " + figures);
        return good;
    }

    private boolean judge(BenchContext bench) throws InterruptedException {
        AcknowledgedGraphs acknowledged = bench.acknowledged();
        result.put("acknowledged", acknowledged.deployments());
        acknowledged.judge(bench.server(), fleet, 0);
        result.put("lost", acknowledged.lost());
        return acknowledged.lost() == 0;
    }
}
