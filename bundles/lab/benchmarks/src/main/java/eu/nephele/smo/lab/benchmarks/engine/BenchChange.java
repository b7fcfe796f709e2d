// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;

/**
 * Changes the fleet with all clients as quickly as they get answers, and ends when all changes are done.
 *
 * @param name of the phase
 * @param each how many graphs there are for one that is changed
 * @param work the change of a graph
 * @param taken told about each that was acknowledged
 */
record Change(String name, int each, Work work, ObjIntConsumer<Acknowledged> taken) implements Phase {

    static final long PATIENCE_SECONDS = 120;

    private static final int TENTH = 10;

    /** The change of a graph. */
    interface Work {

        Crowd.Call of(Fleet fleet, int graph);
    }

    static Change deploy() {
        return new Change(Phases.DEPLOY, 1, (fleet, graph) -> fleet.deploy(graph), Acknowledged::deployed);
    }

    static Change update() {
        return new Change(
                "update",
                TENTH,
                (fleet, graph) -> new Crowd.Call("PUT", fleet.path(graph), fleet.descriptor(graph, 1)),
                (acknowledged, graph) -> {});
    }

    static Change remove() {
        return new Change(Phases.REMOVE, 1, (fleet, graph) -> fleet.remove(graph), Acknowledged::removed);
    }

    @Override
    public boolean run(Bench bench, ObjectNode figures) throws IOException, InterruptedException {
        int count = bench.fleet().graphs() / each;
        long worldCpu = Reading.cpuMillis(bench.world().pid());
        Reading before = bench.read();
        long begun = System.nanoTime();
        Crowd crowd = bench.crowd();
        Progress watched = new Progress(crowd::done, count, PATIENCE_SECONDS);
        CompletableFuture<Crowd.Outcome> asking = crowd.begin(
                count,
                number -> work.of(bench.fleet(), number * each),
                number -> taken.accept(bench.acknowledged(), number * each));
        boolean good = watched.await(begun);
        Crowd.Outcome outcome = asking.join();
        Reading after = bench.read();
        if (name.equals(Phases.DEPLOY)) {
            bench.sustained(watched.perSecondBehindFirstTenth());
            figures.put("graphsPerSecondSustained", Figures.rounded(watched.perSecondBehindFirstTenth()));
        }
        figures.put("done", watched.done());
        figures.put("seconds", Figures.rounded(watched.seconds()));
        figures.put("graphsPerSecond", Figures.rounded(watched.perSecond()));
        figures.put("graphsPerSecondFirstTenth", Figures.rounded(watched.perSecondInFirstTenth()));
        figures.put("graphsPerSecondLastTenth", Figures.rounded(watched.perSecondInLastTenth()));
        figures.put("putOff", outcome.putOff());
        outcome.latencies().into(figures);
        new Cost(before, after).into(figures, "Graph", count);
        figures.put(
                "worldCpuMillisPerGraph",
                Figures.rounded((Reading.cpuMillis(bench.world().pid()) - worldCpu) / (double) count));
        figures.put("clientCpuMillisPerCall", Figures.rounded(outcome.clientCpuMillisPerCall()));
        bench.server().afterCollection(figures, "heapMegabytes");
        figures.put("dataMegabytes", bench.database().megabytes());
        return good;
    }
}
