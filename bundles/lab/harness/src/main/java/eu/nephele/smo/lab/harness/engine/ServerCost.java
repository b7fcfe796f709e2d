// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

record ServerCost(UsageReading before, UsageReading after) {

    private static final int KILO = 1024;
    private static final int MEGA = 1 << 20;

    /** @param unit unit of the figures: {@code Graph}, {@code HttpRequestSpec} */
    void into(ObjectNode figures, String unit, int count) {
        figures.put("cpuMillisPer" + unit, NumberFormats.rounded(after.cpuMillisSince(before) / count));
        if (after.databaseCpuMillis() > 0) {
            figures.put(
                    "databaseCpuMillisPer" + unit,
                    NumberFormats.rounded((after.databaseCpuMillis() - before.databaseCpuMillis()) / (double) count));
        }
        figures.put(
                "allocatedKilobytesPer" + unit,
                NumberFormats.rounded(since("jvm_gc_memory_allocated_bytes_total") / count / KILO));
        figures.put("statementsPer" + unit, NumberFormats.rounded(since("smo_store_statements") / count));
        figures.put("collectionSeconds", NumberFormats.rounded(since("jvm_gc_pause_seconds_sum")));
        figures.put("residentMegabytes", after.residentMegabytes());
        figures.put("threads", Math.round(after.metrics().sum("jvm_threads_live_threads")));
    }

    /** Heap that is used now; after a collection the live bytes. */
    static long heapMegabytes(Metrics metrics) {
        return Math.round(metrics.sum("jvm_memory_used_bytes", "area=\"heap\"") / MEGA);
    }

    private double since(String name) {
        return after.metrics().sum(name) - before.metrics().sum(name);
    }
}
