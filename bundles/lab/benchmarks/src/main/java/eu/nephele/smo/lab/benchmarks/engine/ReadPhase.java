// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;

/**
 * Reads of one kind by all clients, each as quickly as it gets answers.
 *
 * @param name of the phase
 * @param most how many at most
 * @param kind makes a request
 */
record Reads(String name, int most, Kind kind) implements Phase {

    private static final int MOST = 4_000;
    private static final int MOST_PAGES = 400;
    private static final int PER_GRAPH = 10;
    private static final long SEED = 13;

    /** Makes a request by chance. */
    interface Kind {

        Crowd.Call of(Fleet fleet, Random random);
    }

    static Reads get() {
        return new Reads("get", MOST, Reads::aGraph);
    }

    static Reads page() {
        return new Reads("page", MOST_PAGES, (fleet, random) -> aPage(""));
    }

    static Reads explain() {
        return new Reads("explain", MOST, Reads::anExplanation);
    }

    static Crowd.Call aGraph(Fleet fleet, Random random) {
        return Crowd.Call.get(fleet.path(random.nextInt(fleet.graphs())));
    }

    /** @param cursor "" for the first page */
    static Crowd.Call aPage(String cursor) {
        return Crowd.Call.get(Fleet.graphsPath() + "?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
    }

    static Crowd.Call anExplanation(Fleet fleet, Random random) {
        int graph = random.nextInt(fleet.graphs());
        return Crowd.Call.get("%s/services/%s/explanation".formatted(fleet.path(graph), Fleet.service(graph, 0)));
    }

    @Override
    public boolean run(Bench bench, ObjectNode figures) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        int count = Math.min(most, PER_GRAPH * bench.fleet().graphs());
        Reading before = bench.read();
        Crowd.Outcome outcome = bench.crowd().make(count, number -> kind.of(bench.fleet(), random), number -> {});
        Reading after = bench.read();
        figures.put("perSecond", Figures.rounded(count / after.secondsSince(before)));
        outcome.latencies().into(figures);
        new Cost(before, after).into(figures, "Call", count);
        figures.put("clientCpuMillisPerCall", Figures.rounded(outcome.clientCpuMillisPerCall()));
        return true;
    }
}
