// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ComparisonCounts;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** One shadow with its results. Thread-safe. */
final class ActiveShadow {

    /** Comparisons that are kept of each shadow. */
    static final int KEPT = 100;

    private final Shadow shadow;
    private final AtomicLong dropped = new AtomicLong();
    private final Deque<StoredComparison> latest = new ArrayDeque<>();
    private ShadowTotals shadowTotals;
    private int unsaved;

    private ActiveShadow(Shadow shadow, ShadowTotals shadowTotals) {
        this.shadow = shadow;
        this.shadowTotals = shadowTotals;
    }

    static ActiveShadow fresh(Shadow shadow) {
        return new ActiveShadow(shadow, ShadowTotals.NONE);
    }

    static ActiveShadow restored(Shadow shadow, ShadowStore store) {
        List<JsonObject> newestFirst = store.comparisons(shadow.id(), KEPT);
        ShadowTotals shadowTotals = newestFirst.stream()
                .findFirst()
                .flatMap(newest -> new JsonFieldReader(newest).optionalObject("sums"))
                .map(ShadowTotals::from)
                .orElse(ShadowTotals.NONE);
        ActiveShadow activeShadow = new ActiveShadow(shadow, shadowTotals);
        newestFirst.forEach(json -> activeShadow.latest.addLast(StoredComparison.from(json)));
        return activeShadow;
    }

    Shadow shadow() {
        return shadow;
    }

    /** Quick: called while a live decision waits. */
    void dropped() {
        dropped.incrementAndGet();
    }

    synchronized void add(ShadowFinding finding) {
        countDropped();
        shadowTotals = shadowTotals.plus(finding);
        latest.addFirst(StoredComparison.from(finding));
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
        unsaved = Math.min(KEPT, unsaved + 1);
    }

    private void countDropped() {
        shadowTotals = shadowTotals.plus(ShadowTotals.DROPPED, dropped.getAndSet(0));
    }

    /** Stores what is new; it stays new when that fails. */
    synchronized void save(ShadowStore store) {
        if (unsaved == 0) {
            return;
        }
        countDropped();
        List<JsonObject> oldestFirst = new ArrayList<>();
        for (StoredComparison storedComparison : latest) {
            if (oldestFirst.size() < unsaved) {
                oldestFirst.add(
                        0, storedComparison.json(oldestFirst.isEmpty() ? Optional.of(shadowTotals) : Optional.empty()));
            }
        }
        store.append(shadow.id(), oldestFirst, KEPT);
        unsaved = 0;
    }

    synchronized ShadowReport report() {
        countDropped();
        return new ShadowReport(
                shadow,
                new ComparisonCounts(
                        shadowTotals.count(ShadowTotals.COMPARED),
                        shadowTotals.count(ShadowTotals.AGREED),
                        shadowTotals.count(ShadowTotals.ONLY_LIVE),
                        shadowTotals.count(ShadowTotals.ONLY_SHADOW),
                        shadowTotals.count(ShadowTotals.DROPPED),
                        shadowTotals.count(ShadowTotals.FAULTS)),
                shadowTotals.sortedTerms(),
                shadowTotals.count(ShadowTotals.LIVE_MOVES),
                shadowTotals.count(ShadowTotals.SHADOW_MOVES),
                shadowTotals.count(ShadowTotals.LIVE_REPLICAS),
                shadowTotals.count(ShadowTotals.SHADOW_REPLICAS),
                median(StoredComparison::liveMillis),
                median(StoredComparison::shadowMillis),
                latest.stream().map(StoredComparison::comparison).toList());
    }

    private double median(ToDoubleFunction<StoredComparison> millis) {
        double[] sorted = latest.stream().mapToDouble(millis).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
