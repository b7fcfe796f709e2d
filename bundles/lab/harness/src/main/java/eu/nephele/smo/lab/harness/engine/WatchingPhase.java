// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What metrics, traces (a tenth of them exported) and the audit cost: the same load in turns with them and without, in one process. The
 * first round does not count: in it the server becomes three times as fast. Each turn is warmed up by as many reads as it counts, because
 * bundles that come or go have code compiled anew.
 */
final class WatchingPhase implements BenchPhase {

    /** With, without, without, with: whatever becomes faster or slower in time does so for both. */
    private static final boolean[] ORDER = {true, false, false, true};

    /** After the first one. */
    private static final int ROUNDS = 4;

    private static final int MOST_READS = 8_000;
    private static final int READS_PER_GRAPH = 20;
    private static final int MOST_CHANGES = 300;
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long LOOK_MILLIS = 50;
    private static final long SEED = 19;

    /** Edits that no other phase makes. */
    private static final int FIRST_EDIT = 1_000_000;

    private static final String TRACING = """
            endpoint=%s
            sampleRatio=0.1
            exportIntervalMillis=1000
            """;

    /** Time and processor time of what was done in the turns of one kind. */
    private static final class TurnSum {

        private double readSeconds;
        private double readCpuMillis;
        private int reads;
        private double changeSeconds;
        private double changeCpuMillis;
        private int changes;

        private void into(ObjectNode figures) {
            figures.put("readsPerSecond", NumberFormats.rounded(reads / readSeconds));
            figures.put("cpuMillisPerRead", NumberFormats.rounded(readCpuMillis / reads));
            figures.put("changesPerSecond", NumberFormats.rounded(changes / changeSeconds));
            figures.put("cpuMillisPerChange", NumberFormats.rounded(changeCpuMillis / changes));
        }
    }

    @Override
    public String name() {
        return "watching";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        ServerUnderTest server = bench.server().process();
        Path config = server.data().resolve("etc/eu.nephele.smo.ops.tracing.cfg");
        ObservingBundles parts = new ObservingBundles(server);
        TurnSum with = new TurnSum();
        TurnSum without = new TurnSum();
        TurnSum uncounted = new TurnSum();
        boolean on = true;
        try (TraceReceiver receiver = TraceReceiver.start()) {
            Files.writeString(config, TRACING.formatted(receiver.url()));
            for (int turn = 0; turn < (1 + ROUNDS) * ORDER.length; turn++) {
                boolean wanted = ORDER[turn % ORDER.length];
                if (wanted != on) {
                    // before it is done: what fails half-way is undone
                    on = wanted;
                    if (wanted) {
                        parts.start();
                    } else {
                        parts.stop();
                    }
                }
                boolean counted = turn >= ORDER.length;
                measure(bench, FIRST_EDIT + turn, counted ? wanted ? with : without : uncounted);
            }
            figures.put("exportedKilobytes", receiver.bytes() / 1024);
        } finally {
            Files.deleteIfExists(config);
            if (!on) {
                parts.start();
            }
        }
        with.into(figures.withObjectProperty("with"));
        without.into(figures.withObjectProperty("without"));
        figures.put("readsCostPercent", cost(with.reads / with.readSeconds, without.reads / without.readSeconds));
        figures.put(
                "changesCostPercent", cost(with.changes / with.changeSeconds, without.changes / without.changeSeconds));
        return true;
    }

    /** Share of the throughput that is missing. */
    private static double cost(double with, double without) {
        return NumberFormats.rounded(100 * (1 - with / without));
    }

    private static void measure(BenchContext bench, int edit, TurnSum sum) throws IOException, InterruptedException {
        BenchFleet fleet = bench.fleet();
        long process = bench.server().process().pid();
        int reads = Math.min(MOST_READS, READS_PER_GRAPH * fleet.graphs());
        read(bench, reads);
        long begun = System.nanoTime();
        long cpu = UsageReading.cpuMillis(process);
        read(bench, reads);
        sum.readSeconds += (System.nanoTime() - begun) / 1e9;
        sum.readCpuMillis += UsageReading.cpuMillis(process) - cpu;
        sum.reads += reads;
        int changes = Math.min(MOST_CHANGES, fleet.graphs());
        begun = System.nanoTime();
        cpu = UsageReading.cpuMillis(process);
        bench.crowd()
                .make(
                        changes,
                        graph ->
                                new ClosedLoop.HttpRequestSpec("PUT", fleet.path(graph), fleet.descriptor(graph, edit)),
                        number -> {});
        awaitDone(bench);
        sum.changeSeconds += (System.nanoTime() - begun) / 1e9;
        sum.changeCpuMillis += UsageReading.cpuMillis(process) - cpu;
        sum.changes += changes;
    }

    private static void read(BenchContext bench, int count) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        bench.crowd()
                .make(
                        count,
                        number -> switch (number % 10) {
                            case 0 -> ReadPhase.anExplanation(bench.fleet(), random);
                            case 1, 2 -> ReadPhase.aPage("");
                            default -> ReadPhase.aGraph(bench.fleet(), random);
                        },
                        number -> {});
    }

    /** There are no metrics to look at in half of the turns. */
    private static void awaitDone(BenchContext bench) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!bench.server()
                .ask("/api/v1/operations?open=true&limit=1")
                .path("items")
                .isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IOException("The changes do not end");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
