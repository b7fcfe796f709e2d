// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Predicted requirements of a server for a fleet.
 *
 * @param liveHeapMegabytes after a collection
 * @param heapMegabytes for {@code SMO_HEAP}
 * @param residentMegabytes of the process at most
 * @param dataMegabytes when all graphs run
 * @param historyMegabytes beside it, of the changes that are kept
 * @param coresForChanges kept busy by changes
 * @param coresAtRest kept busy while nothing changes
 */
record SizePrediction(
        long liveHeapMegabytes,
        long heapMegabytes,
        long residentMegabytes,
        long dataMegabytes,
        long historyMegabytes,
        long changesKept,
        double coresForChanges,
        double coresAtRest) {

    /**
     * Twice the live heap in addition: for short-lived objects and bursts. With 640 MB for 190 that live, G1 took 9 of
     * the 138 s in which 10,000 graphs were deployed.
     */
    private static final double ROOM = 3;

    private static final long SMALLEST_HEAP = 320;

    /** Classes, code, threads, collector's tables; the most measured, with 10,000 graphs and 280 threads. */
    private static final long BESIDE_THE_HEAP = 460;

    /** Default retention of decisions. */
    private static final double KEPT_SECONDS = 30.0 * 24 * 3600;

    private static final double KEPT_AT_MOST = 1_000_000;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double PERCENT = 100;

    /** @param changesPerSecond on the average of the time for which history is kept */
    static SizePrediction create(Coefficients coefficients, FleetSize fleet, double changesPerSecond) {
        double live = coefficients.predict(SizingFigure.HEAP_MEGABYTES, fleet);
        long heap = Math.max(SMALLEST_HEAP, Math.round(Math.ceil(live * ROOM)));
        double data = coefficients.predict(SizingFigure.DATA_MEGABYTES, fleet);
        // a change writes a revision, a decision, an operation and events, as a deployment does
        double perChange = (data - coefficients.get(SizingFigure.DATA_MEGABYTES, SizingTerm.BASE)) / fleet.graphs();
        double kept = Math.min(KEPT_AT_MOST, changesPerSecond * KEPT_SECONDS);
        return new SizePrediction(
                Math.round(live),
                heap,
                heap + BESIDE_THE_HEAP,
                Math.round(data),
                Math.round(kept * perChange),
                Math.round(kept),
                changesPerSecond * coefficients.predict(SizingFigure.CPU_MILLIS_PER_GRAPH, fleet) / MILLIS_PER_SECOND,
                coefficients.predict(SizingFigure.PERCENT_OF_A_CORE, fleet) / PERCENT);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("liveHeapMegabytes", liveHeapMegabytes)
                .put("heapMegabytes", heapMegabytes)
                .put("residentMegabytes", residentMegabytes)
                .put("dataMegabytes", dataMegabytes)
                .put("historyMegabytes", historyMegabytes)
                .put("changesKept", changesKept)
                .put("coresForChanges", coresForChanges)
                .put("coresAtRest", coresAtRest);
    }
}
