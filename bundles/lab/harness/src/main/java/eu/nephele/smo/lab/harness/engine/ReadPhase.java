// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;

/** Reads of one kind by all clients, each as fast as it gets answers. */
record ReadPhase(String name, int most, ReadKind kind) implements BenchPhase {

    private static final int MOST = 4_000;
    private static final int MOST_PAGES = 400;
    private static final int PER_GRAPH = 10;
    private static final long SEED = 13;

    interface ReadKind {

        ClosedLoop.HttpRequestSpec next(BenchFleet fleet, Random random);
    }

    static ReadPhase get() {
        return new ReadPhase("get", MOST, ReadPhase::aGraph);
    }

    static ReadPhase page() {
        return new ReadPhase("page", MOST_PAGES, (fleet, random) -> aPage(""));
    }

    static ReadPhase explain() {
        return new ReadPhase("explain", MOST, ReadPhase::anExplanation);
    }

    static ClosedLoop.HttpRequestSpec aGraph(BenchFleet fleet, Random random) {
        return ClosedLoop.HttpRequestSpec.get(fleet.path(random.nextInt(fleet.graphs())));
    }

    /** @param cursor "" for the first page */
    static ClosedLoop.HttpRequestSpec aPage(String cursor) {
        return ClosedLoop.HttpRequestSpec.get(
                BenchFleet.graphsPath() + "?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
    }

    static ClosedLoop.HttpRequestSpec anExplanation(BenchFleet fleet, Random random) {
        int graph = random.nextInt(fleet.graphs());
        return ClosedLoop.HttpRequestSpec.get(
                "%s/services/%s/explanation".formatted(fleet.path(graph), BenchFleet.service(graph, 0)));
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        int count = Math.min(most, PER_GRAPH * bench.fleet().graphs());
        UsageReading before = bench.read();
        ClosedLoop.CallOutcomeClass outcome =
                bench.crowd().make(count, number -> kind.next(bench.fleet(), random), number -> {});
        UsageReading after = bench.read();
        figures.put("perSecond", NumberFormats.rounded(count / after.secondsSince(before)));
        outcome.latencies().into(figures);
        new ServerCost(before, after).into(figures, "Call", count);
        figures.put("clientCpuMillisPerCall", NumberFormats.rounded(outcome.clientCpuMillisPerCall()));
        return true;
    }
}
