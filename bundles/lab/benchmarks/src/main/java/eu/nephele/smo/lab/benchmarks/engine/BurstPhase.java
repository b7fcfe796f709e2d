// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Many deployments at once: how quickly they are accepted, and when the last is decided and done. */
final class Burst implements Phase {

    private static final int MOST = 2_000;
    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public boolean run(Bench bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(guests -> run(bench, guests, figures));
    }

    private static boolean run(Bench bench, Guests guests, ObjectNode figures)
            throws IOException, InterruptedException {
        int count = Math.min(MOST, bench.fleet().graphs() / 2);
        EngineServer server = bench.server();
        AtomicLong lastTaken = new AtomicLong();
        Reading before = bench.read();
        double decided = Loss.decisions(before.metrics());
        Crowd crowd = new Crowd(server, CONNECTIONS);
        long begun = System.nanoTime();
        CompletableFuture<Crowd.Outcome> asking = crowd.begin(count, guests.deployments(), number -> {
            guests.taken().accept(number);
            lastTaken.accumulateAndGet(System.nanoTime() - begun, Math::max);
        });
        Progress decisions = new Progress(
                () -> Math.round(Loss.decisions(server.metrics()) - decided), count, Change.PATIENCE_SECONDS);
        Progress done = new Progress(crowd::done, count, Change.PATIENCE_SECONDS);
        boolean good = decisions.await(begun) && done.await(begun);
        Crowd.Outcome outcome = asking.join();
        Reading after = bench.read();
        figures.put("connections", CONNECTIONS);
        figures.put("acceptedPerSecond", Figures.rounded(count / (lastTaken.get() / 1e9)));
        figures.put("decidedSeconds", Figures.rounded(decisions.seconds()));
        figures.put("doneSeconds", Figures.rounded(done.seconds()));
        figures.put("done", done.done());
        figures.put("putOff", outcome.putOff());
        outcome.latencies().into(figures);
        new Cost(before, after).into(figures, "Graph", count);
        figures.put("clientCpuMillisPerCall", Figures.rounded(outcome.clientCpuMillisPerCall()));
        figures.put("lost", guests.lost());
        return good;
    }
}
