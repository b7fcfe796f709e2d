// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Many deployments at once: rate of acceptance, and time until the last is decided and done. */
final class BurstPhase implements BenchPhase {

    private static final int MOST = 2_000;
    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        return bench.host(temporaryGraphs -> run(bench, temporaryGraphs, figures));
    }

    private static boolean run(BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        int count = Math.min(MOST, bench.fleet().graphs() / 2);
        EngineServer server = bench.server();
        AtomicLong lastTaken = new AtomicLong();
        UsageReading before = bench.read();
        double decided = ClusterLossPhase.decisions(before.metrics());
        ClosedLoop closedLoop = bench.crowd(CONNECTIONS);
        long begun = System.nanoTime();
        CompletableFuture<ClosedLoop.CallOutcomeClass> asking =
                closedLoop.begin(count, temporaryGraphs.deployments(), number -> {
                    temporaryGraphs.taken().accept(number);
                    lastTaken.accumulateAndGet(System.nanoTime() - begun, Math::max);
                });
        ProgressPoller decisions = new ProgressPoller(
                () -> Math.round(ClusterLossPhase.decisions(server.metrics()) - decided),
                count,
                BenchChange.PATIENCE_SECONDS);
        ProgressPoller done = new ProgressPoller(closedLoop::done, count, BenchChange.PATIENCE_SECONDS);
        boolean good = decisions.await(begun) && done.await(begun);
        ClosedLoop.CallOutcomeClass outcome = asking.join();
        UsageReading after = bench.read();
        figures.put("connections", CONNECTIONS);
        figures.put("acceptedPerSecond", NumberFormats.rounded(count / (lastTaken.get() / 1e9)));
        figures.put("decidedSeconds", NumberFormats.rounded(decisions.seconds()));
        figures.put("doneSeconds", NumberFormats.rounded(done.seconds()));
        figures.put("done", done.done());
        figures.put("putOff", outcome.putOff());
        outcome.latencies().into(figures);
        new ServerCost(before, after).into(figures, "Graph", count);
        figures.put("clientCpuMillisPerCall", NumberFormats.rounded(outcome.clientCpuMillisPerCall()));
        figures.put("lost", temporaryGraphs.lost());
        return good;
    }
}
