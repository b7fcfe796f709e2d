// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The server is killed and started again at once. */
final class RestartPhase implements BenchPhase {

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        int graphs = bench.acknowledged().count();
        EngineServer server = bench.server();
        long begun = System.nanoTime();
        long readyMillis = server.process().killAndRestart();
        ProgressPoller looked = new ProgressPoller(
                () -> Math.round(server.metrics().sum("smo_engine_graphs")), graphs, BenchChange.PATIENCE_SECONDS);
        boolean good = looked.await(begun);
        UsageReading after = bench.read();
        figures.put("readyMillis", readyMillis);
        figures.put("allLookedAtSeconds", NumberFormats.rounded(looked.seconds()));
        figures.put("cpuMillisPerGraph", NumberFormats.rounded(after.cpuMillis() / (double) graphs));
        figures.put("residentMegabytes", after.residentMegabytes());
        server.afterCollection(figures, "heapMegabytes");
        return good;
    }
}
