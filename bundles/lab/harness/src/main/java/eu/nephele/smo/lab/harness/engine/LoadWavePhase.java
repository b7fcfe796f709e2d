// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The load of a fifth of the graphs rises, so that each of their services needs a second replica, and falls again.
 * Foreign load on the clusters is removed meanwhile: the services grow in place.
 */
final class LoadWavePhase implements BenchPhase {

    private static final int EACH = 5;
    private static final double HIGH = 1.8;
    /** Time after the last change of our own pods during which a server ignores less foreign load. */
    private static final int LATE_SECONDS = 15;

    private static final int LOOKS = 2;

    @Override
    public String name() {
        return "wave";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        BenchFleet fleet = bench.fleet();
        int graphs = fleet.graphs() / EACH;
        figures.put("graphs", graphs);
        figures.put("wanted", graphs * fleet.services());
        others(bench, 0);
        TimeUnit.SECONDS.sleep(LATE_SECONDS + LOOKS * (bench.options().spans().driftSeconds() + 1));
        boolean good = swell(bench, HIGH, 2, "Up", figures) && swell(bench, BenchFleet.LOAD, 1, "Down", figures);
        others(bench, fleet.headroomCores());
        return good;
    }

    private static boolean swell(BenchContext bench, double load, int replicas, String way, ObjectNode figures)
            throws IOException, InterruptedException {
        BenchFleet fleet = bench.fleet();
        int graphs = fleet.graphs() / EACH;
        ScaledServices scaled = ScaledServices.fromNow(bench.server(), replicas);
        UsageReading before = bench.read();
        long begun = System.nanoTime();
        for (int number = 0; number < graphs; number++) {
            for (int service = 0; service < fleet.services(); service++) {
                bench.world().strike("load", fleet.load(number * EACH, service, load));
            }
        }
        double struck = (System.nanoTime() - begun) / 1e9;
        ProgressPoller progress =
                new ProgressPoller(scaled::count, graphs * fleet.services(), BenchChange.PATIENCE_SECONDS);
        boolean good = progress.await(begun);
        UsageReading after = bench.read();
        figures.put("scaled" + way, progress.done());
        figures.put("decisions" + way, scaled.decisions());
        figures.put("raisedSeconds" + way, NumberFormats.rounded(struck));
        figures.put("seconds" + way, NumberFormats.rounded(progress.seconds()));
        if (replicas > 1) {
            new ServerCost(before, after).into(figures, "Graph", graphs);
        }
        return good;
    }

    private static void others(BenchContext bench, long cores) throws IOException, InterruptedException {
        for (int cluster = 0; cluster < bench.fleet().clusters(); cluster++) {
            bench.world()
                    .strike(
                            "clusters/%s/foreign-load".formatted(BenchFleet.cluster(cluster)),
                            BenchFleet.amounts(cores));
        }
    }
}
