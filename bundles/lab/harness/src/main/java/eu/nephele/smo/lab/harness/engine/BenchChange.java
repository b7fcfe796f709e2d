// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;

/**
 * Changes the fleet with all clients as quickly as they get answers, and ends when all changes are done.
 *
 * @param each one graph of this many is changed
 */
record BenchChange(String name, int each, GraphChange work, ObjIntConsumer<AcknowledgedGraphs> taken)
        implements BenchPhase {

    static final long PATIENCE_SECONDS = 120;

    private static final int TENTH = 10;

    interface GraphChange {

        ClosedLoop.HttpRequestSpec next(BenchFleet fleet, int graph);
    }

    static BenchChange deploy() {
        return new BenchChange(
                BenchPhases.DEPLOY, 1, (fleet, graph) -> fleet.deploy(graph), AcknowledgedGraphs::deployed);
    }

    static BenchChange update() {
        return new BenchChange(
                "update",
                TENTH,
                (fleet, graph) -> new ClosedLoop.HttpRequestSpec("PUT", fleet.path(graph), fleet.descriptor(graph, 1)),
                (acknowledged, graph) -> {});
    }

    static BenchChange remove() {
        return new BenchChange(
                BenchPhases.REMOVE, 1, (fleet, graph) -> fleet.remove(graph), AcknowledgedGraphs::removed);
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        int count = bench.fleet().graphs() / each;
        long worldCpu = UsageReading.cpuMillis(bench.world().pid());
        UsageReading before = bench.read();
        long begun = System.nanoTime();
        ClosedLoop closedLoop = bench.crowd();
        ProgressPoller watched = new ProgressPoller(closedLoop::done, count, PATIENCE_SECONDS);
        CompletableFuture<ClosedLoop.CallOutcomeClass> asking = closedLoop.begin(
                count,
                number -> work.next(bench.fleet(), number * each),
                number -> taken.accept(bench.acknowledged(), number * each));
        boolean good = watched.await(begun);
        ClosedLoop.CallOutcomeClass outcome = asking.join();
        UsageReading after = bench.read();
        if (name.equals(BenchPhases.DEPLOY)) {
            bench.sustained(watched.perSecondBehindFirstTenth());
            figures.put("graphsPerSecondSustained", NumberFormats.rounded(watched.perSecondBehindFirstTenth()));
        }
        figures.put("done", watched.done());
        figures.put("seconds", NumberFormats.rounded(watched.seconds()));
        figures.put("graphsPerSecond", NumberFormats.rounded(watched.perSecond()));
        figures.put("graphsPerSecondFirstTenth", NumberFormats.rounded(watched.perSecondInFirstTenth()));
        figures.put("graphsPerSecondLastTenth", NumberFormats.rounded(watched.perSecondInLastTenth()));
        figures.put("putOff", outcome.putOff());
        outcome.latencies().into(figures);
        new ServerCost(before, after).into(figures, "Graph", count);
        figures.put(
                "worldCpuMillisPerGraph",
                NumberFormats.rounded((UsageReading.cpuMillis(bench.world().pid()) - worldCpu) / (double) count));
        figures.put("clientCpuMillisPerCall", NumberFormats.rounded(outcome.clientCpuMillisPerCall()));
        bench.server().afterCollection(figures, "heapMegabytes");
        figures.put("dataMegabytes", bench.database().megabytes());
        return good;
    }
}
