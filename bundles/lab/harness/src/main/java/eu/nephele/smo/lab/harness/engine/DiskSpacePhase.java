// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * No changes: measures the space that the database frees while the server runs. After {@code remove} all graphs
 * are gone.
 */
final class DiskSpacePhase implements BenchPhase {

    @Override
    public String name() {
        return "room";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        UsageReading before = bench.read();
        figures.put("dataMegabytesBefore", bench.database().megabytes());
        figures.put("databaseMegabytesBefore", bench.database().megabytesAlone());
        TimeUnit.SECONDS.sleep(bench.options().spans().roomSeconds());
        UsageReading after = bench.read();
        figures.put("seconds", bench.options().spans().roomSeconds());
        figures.put("percentOfACore", NumberFormats.rounded(after.percentOfACoreSince(before)));
        bench.server().afterCollection(figures, "heapMegabytes");
        figures.put("residentMegabytes", after.residentMegabytes());
        figures.put("dataMegabytes", bench.database().megabytes());
        figures.put("databaseMegabytes", bench.database().megabytesAlone());
        return true;
    }
}
