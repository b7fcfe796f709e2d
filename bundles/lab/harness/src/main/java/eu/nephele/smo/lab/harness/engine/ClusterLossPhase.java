// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A cluster fails, and returns after a while without decisions. */
final class ClusterLossPhase implements BenchPhase {

    private static final long QUIET_SECONDS = 10;
    private static final long LOOK_MILLIS = 100;

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        String cluster = BenchFleet.cluster(0);
        UsageReading before = bench.read();
        double decisions = decisions(before.metrics());
        long begun = System.nanoTime();
        bench.world().strike("clusters/" + cluster + "/fail", "");
        long last = begun;
        double seen = decisions;
        while (System.nanoTime() - last < TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            double now = decisions(bench.server().metrics());
            if (now > seen) {
                seen = now;
                last = System.nanoTime();
            }
        }
        UsageReading after = bench.read();
        figures.put("decisions", Math.round(seen - decisions));
        figures.put("seconds", NumberFormats.rounded((last - begun) / 1e9));
        new ServerCost(before, after).into(figures, "Graph", Math.max(1, (int) (seen - decisions)));
        bench.world().strike("clusters/" + cluster + "/restore", "");
        return true;
    }

    /** Decisions about placements so far. */
    static double decisions(Metrics metrics) {
        return metrics.sum("smo_placement_duration_seconds_count");
    }
}
