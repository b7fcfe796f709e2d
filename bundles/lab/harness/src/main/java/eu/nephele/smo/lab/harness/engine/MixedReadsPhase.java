// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mixed reads over all graphs at random, sent when they are due: their latency, and their cost in the server. */
final class MixedReadsPhase implements BenchPhase {

    private static final double GETS = 0.60;
    private static final double PAGES = 0.20;
    private static final double EXPLANATIONS = 0.10;
    private static final double OPERATIONS = 0.05;
    private static final double EVENTS = 0.025;
    private static final double METRICS = 0.025;
    private static final long SEED = 15;

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        Spans spans = bench.options().spans();
        EngineServer server = bench.server();
        if (spans.warmUpSeconds() > 0) {
            bench.openLoop(streams(bench, spans.readRate() / 2.0), spans.warmUpSeconds(), figures.objectNode());
            figures.put("warmUpSeconds", spans.warmUpSeconds());
        }
        figures.put("perSecond", spans.readRate());
        figures.put("seconds", spans.readSeconds());
        server.afterCollection(figures, "heapMegabytesBefore");
        figures.put("threadsBefore", server.threads());
        RequestTallies tallies = bench.openLoop(streams(bench, spans.readRate()), spans.readSeconds(), figures);
        tallies.into(figures);
        tallies.latencies().into(figures.withObjectProperty("all"));
        server.afterCollection(figures, "heapMegabytes");
        return tallies.failed() == 0;
    }

    private static List<OpenLoop.Stream> streams(BenchContext bench, double rate)
            throws IOException, InterruptedException {
        Random random = new Random(SEED);
        BenchFleet fleet = bench.fleet();
        List<String> cursors = cursors(bench.server());
        JsonNode events = bench.server().ask("/api/v1/events?limit=1");
        long first = events.path("first").asLong();
        long last = Math.max(first + 1, events.path("last").asLong());
        return List.of(
                new OpenLoop.Stream("get", GETS * rate, number -> ReadPhase.aGraph(fleet, random)),
                new OpenLoop.Stream(
                        "page", PAGES * rate, number -> ReadPhase.aPage(cursors.get(random.nextInt(cursors.size())))),
                new OpenLoop.Stream("explain", EXPLANATIONS * rate, number -> ReadPhase.anExplanation(fleet, random)),
                new OpenLoop.Stream(
                        "operations",
                        OPERATIONS * rate,
                        number -> ClosedLoop.HttpRequestSpec.get("/api/v1/operations?graph=%s/%s"
                                .formatted(BenchFleet.PROJECT, fleet.name(random.nextInt(fleet.graphs()))))),
                new OpenLoop.Stream(
                        "events",
                        EVENTS * rate,
                        number -> ClosedLoop.HttpRequestSpec.get(
                                "/api/v1/events?limit=100&after=" + random.nextLong(first, last))),
                new OpenLoop.Stream("metrics", METRICS * rate, number -> ClosedLoop.HttpRequestSpec.get("/metrics")));
    }

    /** Cursors of pages: the first one, and each following one. */
    private static List<String> cursors(EngineServer server) throws IOException, InterruptedException {
        List<String> cursors = new ArrayList<>();
        String cursor = "";
        boolean more = true;
        while (more) {
            cursors.add(cursor);
            String next = server.ask(ReadPhase.aPage(cursor).path())
                    .path("nextCursor")
                    .asText("");
            cursor = URLEncoder.encode(next, StandardCharsets.UTF_8);
            more = !next.isEmpty() && !next.equals("null");
        }
        return cursors;
    }
}
