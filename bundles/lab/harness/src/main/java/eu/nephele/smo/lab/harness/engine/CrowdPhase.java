// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Many streams of events are open and many clients send a byte now and then, while others read and change graphs:
 * latency of those, what each stream gets and when, memory of streams that are idle.
 */
final class CrowdPhase implements BenchPhase {

    private static final long SEED = 18;
    private static final double CHANGES_PER_SECOND = 2;
    private static final long LATE_SECONDS = 30;
    private static final int SHOWN = 5;

    /** Of the first heartbeats, and until a pause is a quiet one. */
    private static final long QUIET_SECONDS = 20;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        EngineServer server = bench.server();
        EngineOptions.Crowd crowd = bench.options().crowd();
        MixedReads reads = bench.options().reads();
        figures.put("streams", crowd.streams()).put("slowSenders", crowd.slowSenders());
        server.afterCollection(figures, "heapMegabytesBefore");
        memory(bench, figures, "Before");
        try (StreamCrowd streams = StreamCrowd.open(server.process(), crowd.streams(), last(server))) {
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            server.afterCollection(figures, "heapMegabytesWithStreams");
            memory(bench, figures, "WithStreams");
            try (SlowSenders slow = new SlowSenders(server.process(), crowd.slowSenders())) {
                RequestTallies tallies = bench.openLoop(requests(bench, reads.perSecond()), reads.seconds(), figures);
                tallies.into(figures);
                figures.put("cutOff", slow.cutOff());
                boolean all = slow.isGoingOn();
                figures.put("slowSendersToTheEnd", all);
                return good(streams, tallies, server, figures) && all;
            }
        }
    }

    private static boolean good(StreamCrowd streams, RequestTallies tallies, EngineServer server, ObjectNode figures)
            throws IOException, InterruptedException {
        // what was accepted last goes on for a while
        TimeUnit.SECONDS.sleep(2);
        long last = last(server);
        streams.awaitSequence(last, LATE_SECONDS);
        List<String> findings = streams.findings(last);
        figures.put("streamsWithFindings", findings.size());
        findings.stream().limit(SHOWN).forEach(figures.withArrayProperty("findings")::add);
        streams.latencies().into(figures.withObjectProperty("delivery"));
        return findings.isEmpty() && tallies.failed() == 0;
    }

    private static void memory(BenchContext bench, ObjectNode figures, String when)
            throws IOException, InterruptedException {
        UsageReading reading = bench.read();
        figures.put("residentMegabytes" + when, reading.residentMegabytes());
        figures.put("threads" + when, bench.server().threads());
    }

    private static long last(EngineServer server) throws IOException, InterruptedException {
        JsonNode events = server.ask("/api/v1/events?limit=1");
        return events.path("last").asLong();
    }

    private static List<OpenLoop.Stream> requests(BenchContext bench, int readsPerSecond) {
        BenchFleet fleet = bench.fleet();
        Random random = new Random(SEED);
        return List.of(
                new OpenLoop.Stream("get", readsPerSecond, number -> ReadPhase.aGraph(fleet, random)),
                new OpenLoop.Stream(
                        "update",
                        CHANGES_PER_SECOND,
                        number -> new ClosedLoop.HttpRequestSpec(
                                "PUT",
                                fleet.path(number % fleet.graphs()),
                                // an edit that no other phase makes
                                fleet.descriptor(number % fleet.graphs(), 1_000 + number / fleet.graphs()))));
    }
}
