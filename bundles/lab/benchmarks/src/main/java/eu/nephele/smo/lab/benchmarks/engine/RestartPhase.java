// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The server is killed and started again at once. */
final class Restart implements Phase {

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public boolean run(Bench bench, ObjectNode figures) throws IOException, InterruptedException {
        int graphs = bench.acknowledged().count();
        EngineServer server = bench.server();
        long begun = System.nanoTime();
        long readyMillis = server.killAndRestart();
        Progress looked = new Progress(
                () -> Math.round(server.metrics().sum("smo_engine_graphs")), graphs, Change.PATIENCE_SECONDS);
        boolean good = looked.await(begun);
        Reading after = bench.read();
        figures.put("readyMillis", readyMillis);
        figures.put("allLookedAtSeconds", Figures.rounded(looked.seconds()));
        figures.put("cpuMillisPerGraph", Figures.rounded(after.cpuMillis() / (double) graphs));
        figures.put("residentMegabytes", after.residentMegabytes());
        server.afterCollection(figures, "heapMegabytes");
        return good;
    }
}
