// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** No changes: measures the continuous usage of the server. */
final class SteadyPhase implements BenchPhase {

    private static final String QUERIES = "operation=\"MetricsSource.instant\"";

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        UsageReading before = bench.read();
        TimeUnit.SECONDS.sleep(bench.options().spans().steadySeconds());
        UsageReading after = bench.read();
        figures.put("seconds", bench.options().spans().steadySeconds());
        figures.put("percentOfACore", NumberFormats.rounded(after.percentOfACoreSince(before)));
        scaling(before.metrics(), after.metrics(), figures);
        new ServerCost(before, after).into(figures, "Graph", bench.fleet().graphs());
        bench.server().afterCollection(figures, "heapMegabytes");
        return true;
    }

    /** Decisions on replicas are what a server does all the time. */
    private static void scaling(Metrics before, Metrics after, ObjectNode figures) {
        figures.put("scalingPasses", since("smo_scaling_passes", before, after));
        figures.put("scalingLooks", since("smo_scaling_looks", before, after));
        figures.put("scalingMissed", since("smo_scaling_missed", before, after));
        figures.put(
                "metricQueries",
                Math.round(after.sum("smo_outside_calls_total", QUERIES)
                        - before.sum("smo_outside_calls_total", QUERIES)));
    }

    private static long since(String name, Metrics before, Metrics after) {
        return Math.round(after.sum(name) - before.sum(name));
    }
}
