// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.chaos.Postgres;
import eu.nephele.smo.lab.chaos.SimulatedWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run: a world, a server, and the phases one after the other. A phase that does not come to its end ends the run. */
public final class EngineRun {

    private static final int WORLD_HEAP_MEGABYTES = 3072;
    private static final long PATIENCE_SECONDS = 120;
    private static final int MOST_READS = 4_000;
    private static final int READS_PER_GRAPH = 10;
    private static final int TENTH = 10;
    private static final int PERCENT = 100;
    private static final int OK = 200;
    private static final long SEED = 13;
    private static final String STATEMENTS = "smo_store_statements";
    private static final long QUIET_SECONDS = 10;

    private final EngineOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final Fleet fleet;
    private final ObjectNode result = JsonNodeFactory.instance.objectNode();

    /**
     * @param folder for data and logs
     * @param progress told how it goes
     */
    public EngineRun(EngineOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
        this.fleet = new Fleet(options.graphs(), options.services(), options.clusters());
    }

    public EngineResult run() throws IOException, InterruptedException {
        result.put("benchmark", "engine");
        result.put("graphs", options.graphs());
        result.put("services", options.services());
        result.put("clusters", options.clusters());
        result.put("clients", options.clients());
        result.put("database", options.postgresql() ? "postgresql" : "h2");
        Path scenario = folder.resolve("fleet.yaml");
        Files.writeString(scenario, fleet.scenario());
        if (!options.postgresql()) {
            return run(scenario, "");
        }
        try (Postgres postgres = Postgres.start()) {
            return run(scenario, postgres.newSchema(folder.resolve("postgres.password")));
        }
    }

    private EngineResult run(Path scenario, String store) throws IOException, InterruptedException {
        try (SimulatedWorld world = SimulatedWorld.start(scenario, WORLD_HEAP_MEGABYTES, 0, SEED, folder);
                EngineServer server = EngineServer.start(options.server(), folder, world, store)) {
            boolean good = deploy(server, world)
                    && steady(server)
                    && update(server)
                    && reads(server)
                    && lose(server, world)
                    && restart(server)
                    && remove(server);
            return new EngineResult(result, good);
        }
    }

    private boolean deploy(EngineServer server, SimulatedWorld world) throws IOException, InterruptedException {
        long worldCpu = Reading.cpuMillis(world.pid());
        boolean good = change(
                server,
                "deploy",
                options.graphs(),
                number -> new Crowd.Call("POST", Fleet.graphsPath(), fleet.descriptor(number, 0)));
        phase("deploy")
                .put(
                        "worldCpuMillisPerGraph",
                        rounded((Reading.cpuMillis(world.pid()) - worldCpu) / (double) options.graphs()));
        return good;
    }

    private boolean update(EngineServer server) throws IOException, InterruptedException {
        return change(
                server,
                "update",
                options.graphs() / TENTH,
                number -> new Crowd.Call("PUT", fleet.path(number * TENTH), fleet.descriptor(number * TENTH, 1)));
    }

    private boolean remove(EngineServer server) throws IOException, InterruptedException {
        return change(server, "remove", options.graphs(), number -> new Crowd.Call("DELETE", fleet.path(number), ""));
    }

    /** Makes changes and waits until all of them are done. */
    private boolean change(EngineServer server, String name, int count, Crowd.Calls calls)
            throws IOException, InterruptedException {
        progress.println(name + " ...");
        Reading before = server.read();
        long begun = System.nanoTime();
        Crowd crowd = new Crowd(server, options.clients());
        Progress watched = new Progress(() -> done(crowd, server), count, PATIENCE_SECONDS);
        CompletableFuture<Crowd.Outcome> asking = crowd.begin(count, calls);
        boolean good = watched.await(begun);
        Crowd.Outcome outcome = asking.join();
        Reading after = server.read();
        ObjectNode phase = phase(name);
        phase.put("done", watched.done());
        phase.put("seconds", rounded(watched.seconds()));
        phase.put("graphsPerSecond", rounded(watched.perSecond()));
        phase.put("graphsPerSecondFirstTenth", rounded(watched.perSecondInFirstTenth()));
        phase.put("graphsPerSecondLastTenth", rounded(watched.perSecondInLastTenth()));
        phase.put("putOff", outcome.putOff());
        outcome.latencies().into(phase);
        used(phase, before, after, count);
        phase.put("dataMegabytes", server.dataMegabytes());
        tell(name, phase);
        return good;
    }

    /** What was taken before the server was asked and is not open any more. */
    private static long done(Crowd crowd, EngineServer server) throws IOException, InterruptedException {
        long taken = crowd.taken();
        return taken - Math.round(server.metrics().sum("smo_engine_operations"));
    }

    private boolean steady(EngineServer server) throws IOException, InterruptedException {
        progress.println("steady ...");
        Reading before = server.read();
        TimeUnit.SECONDS.sleep(options.steadySeconds());
        Reading after = server.read();
        ObjectNode phase = phase("steady");
        phase.put("seconds", options.steadySeconds());
        phase.put(
                "percentOfACore", rounded(PERCENT * after.cpuMillisSince(before) / 1000 / after.secondsSince(before)));
        used(phase, before, after, options.graphs());
        tell("steady", phase);
        return true;
    }

    private boolean reads(EngineServer server) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        Map<String, Crowd.Calls> kinds = new TreeMap<>(Map.of(
                "get", number -> new Crowd.Call("GET", fleet.path(random.nextInt(options.graphs())), ""),
                "page", number -> new Crowd.Call("GET", Fleet.graphsPath() + "?limit=100", ""),
                "explain",
                        number -> {
                            int graph = random.nextInt(options.graphs());
                            return new Crowd.Call(
                                    "GET",
                                    "%s/services/%s/explanation".formatted(fleet.path(graph), Fleet.service(graph, 0)),
                                    "");
                        }));
        for (Map.Entry<String, Crowd.Calls> kind : kinds.entrySet()) {
            progress.println(kind.getKey() + " ...");
            Reading before = server.read();
            int reads = Math.min(MOST_READS, READS_PER_GRAPH * options.graphs());
            int count = kind.getKey().equals("page") ? reads / TENTH : reads;
            Crowd.Outcome outcome = new Crowd(server, options.clients()).make(count, kind.getValue());
            Reading after = server.read();
            ObjectNode phase = phase(kind.getKey());
            phase.put("perSecond", rounded(count / after.secondsSince(before)));
            outcome.latencies().into(phase);
            phase.put("cpuMillisPerCall", rounded(after.cpuMillisSince(before) / count));
            phase.put("statementsPerCall", rounded(since(before, after, STATEMENTS) / count));
            tell(kind.getKey(), phase);
        }
        return true;
    }

    private boolean lose(EngineServer server, SimulatedWorld world) throws IOException, InterruptedException {
        progress.println("cluster lost ...");
        Reading before = server.read();
        double decisions = decisions(before.metrics());
        long begun = System.nanoTime();
        world.strike("clusters/" + fleet.cluster(0) + "/fail", "");
        long last = begun;
        double seen = decisions;
        while (System.nanoTime() - last < TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(100);
            double now = decisions(server.metrics());
            if (now > seen) {
                seen = now;
                last = System.nanoTime();
            }
        }
        Reading after = server.read();
        ObjectNode phase = phase("loss");
        phase.put("decisions", Math.round(seen - decisions));
        phase.put("seconds", rounded((last - begun) / 1e9));
        used(phase, before, after, Math.max(1, (int) (seen - decisions)));
        world.strike("clusters/" + fleet.cluster(0) + "/restore", "");
        tell("loss", phase);
        return true;
    }

    private static double decisions(Metrics metrics) {
        return metrics.sum("smo_placement_duration_seconds_count");
    }

    private boolean restart(EngineServer server) throws IOException, InterruptedException {
        progress.println("kill -9 and restart ...");
        long begun = System.nanoTime();
        long readyMillis = server.killAndRestart();
        Progress looked = new Progress(
                () -> Math.round(server.metrics().sum("smo_engine_graphs")), options.graphs(), PATIENCE_SECONDS);
        boolean good = looked.await(begun);
        Reading after = server.read();
        ObjectNode phase = phase("restart");
        phase.put("readyMillis", readyMillis);
        phase.put("allLookedAtSeconds", rounded(looked.seconds()));
        phase.put("cpuMillisPerGraph", rounded(after.cpuMillis() / (double) options.graphs()));
        phase.put("residentMegabytes", after.residentMegabytes());
        int lost = 0;
        for (int graph = 0; graph < options.graphs(); graph++) {
            HttpResponse<String> answer = server.send("GET", fleet.path(graph), "");
            lost += answer.statusCode() == OK ? 0 : 1;
        }
        result.put("lost", lost);
        tell("restart", phase);
        return good && lost == 0;
    }

    private void used(ObjectNode phase, Reading before, Reading after, int count) {
        phase.put("cpuMillisPerGraph", rounded(after.cpuMillisSince(before) / count));
        phase.put(
                "allocatedKilobytesPerGraph",
                rounded(since(before, after, "jvm_gc_memory_allocated_bytes_total") / count / 1024));
        phase.put("collectionSeconds", rounded(since(before, after, "jvm_gc_pause_seconds_sum")));
        phase.put(
                "heapMegabytes", Math.round(after.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20)));
        phase.put("residentMegabytes", after.residentMegabytes());
        phase.put("statementsPerGraph", rounded(since(before, after, STATEMENTS) / count));
    }

    private static double since(Reading before, Reading after, String name) {
        return after.metrics().sum(name) - before.metrics().sum(name);
    }

    private ObjectNode phase(String name) {
        return result.withObjectProperty(name);
    }

    private void tell(String name, ObjectNode phase) {
        progress.println("  " + name + " " + phase);
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 100) / 100.0 : 0;
    }
}
