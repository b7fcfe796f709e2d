// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Nothing changes: what the server uses by itself. */
final class Steady implements Phase {

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public boolean run(Bench bench, ObjectNode figures) throws IOException, InterruptedException {
        Reading before = bench.read();
        TimeUnit.SECONDS.sleep(bench.options().spans().steadySeconds());
        Reading after = bench.read();
        figures.put("seconds", bench.options().spans().steadySeconds());
        figures.put("percentOfACore", Figures.rounded(after.percentOfACoreSince(before)));
        new Cost(before, after).into(figures, "Graph", bench.fleet().graphs());
        bench.server().afterCollection(figures, "heapMegabytes");
        return true;
    }
}
