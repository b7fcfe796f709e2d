// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** No changes: measures the continuous usage of the server. */
final class SteadyPhase implements BenchPhase {

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
        new ServerCost(before, after).into(figures, "Graph", bench.fleet().graphs());
        bench.server().afterCollection(figures, "heapMegabytes");
        return true;
    }
}
