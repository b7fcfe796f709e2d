// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.engine.MixedReads.ReadKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mixed reads over all graphs at random, sent when they are due: their latency, and their cost in the server. */
final class MixedReadsPhase implements BenchPhase {

    private static final long SEED = 15;

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        MixedReads reads = bench.options().reads();
        EngineServer server = bench.server();
        if (reads.warmUpSeconds() > 0) {
            bench.openLoop(streams(bench, reads.perSecond() / 2.0), reads.warmUpSeconds(), figures.objectNode());
            figures.put("warmUpSeconds", reads.warmUpSeconds());
        }
        figures.put("perSecond", reads.perSecond());
        figures.put("seconds", reads.seconds());
        server.afterCollection(figures, "heapMegabytesBefore");
        figures.put("threadsBefore", server.threads());
        RequestTallies tallies = bench.openLoop(streams(bench, reads.perSecond()), reads.seconds(), figures);
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
        MixedReads reads = bench.options().reads();
        return Arrays.stream(ReadKind.values())
                .filter(reads.kinds()::contains)
                .map(kind -> new OpenLoop.Stream(kind.word(), reads.rate(kind, rate), number -> switch (kind) {
                    case GET -> ReadPhase.aGraph(fleet, random);
                    case PAGE -> ReadPhase.aPage(cursors.get(random.nextInt(cursors.size())));
                    case EXPLAIN -> ReadPhase.anExplanation(fleet, random);
                    case OPERATIONS ->
                        ClosedLoop.HttpRequestSpec.get("/api/v1/operations?graph=%s/%s"
                                .formatted(BenchFleet.PROJECT, fleet.name(random.nextInt(fleet.graphs()))));
                    case EVENTS ->
                        ClosedLoop.HttpRequestSpec.get(
                                "/api/v1/events?limit=100&after=" + random.nextLong(first, last));
                    case METRICS -> ClosedLoop.HttpRequestSpec.get("/metrics");
                }))
                .toList();
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
