// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Graphs, by number, whose deployment was acknowledged and whose removal was not; and the missing ones of them. */
final class AcknowledgedGraphs {

    private static final int OK = 200;
    private static final int ASKING = 8;

    private final BitSet present = new BitSet();
    private final BitSet lost = new BitSet();
    private final AtomicInteger deployments = new AtomicInteger();

    synchronized void deployed(int graph) {
        present.set(graph);
        deployments.incrementAndGet();
    }

    synchronized void removed(int graph) {
        present.clear(graph);
    }

    int deployments() {
        return deployments.get();
    }

    synchronized int lost() {
        return lost.cardinality();
    }

    synchronized int count() {
        return present.cardinality();
    }

    /** Existing graphs from a number on. */
    synchronized int[] present(int from) {
        return present.stream()
                .filter(graph -> graph >= from && !lost.get(graph))
                .toArray();
    }

    /** Reads each of them from a number on; one without an answer is lost. */
    int judge(EngineServer server, BenchFleet fleet, int from) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(ASKING);
        try {
            List<Callable<Boolean>> questions = IntStream.of(present(from))
                    .<Callable<Boolean>>mapToObj(graph -> () -> record(graph, isThere(server, fleet, graph)))
                    .toList();
            threads.invokeAll(questions);
        } finally {
            threads.shutdownNow();
        }
        synchronized (this) {
            return (int) lost.stream().filter(graph -> graph >= from).count();
        }
    }

    private synchronized boolean record(int graph, boolean there) {
        lost.set(graph, !there);
        return there;
    }

    private static boolean isThere(EngineServer server, BenchFleet fleet, int graph) throws InterruptedException {
        try {
            return server.send("GET", fleet.path(graph), "").statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
