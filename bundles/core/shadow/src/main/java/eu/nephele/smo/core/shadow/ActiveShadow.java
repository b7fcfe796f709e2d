// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowReport.Counts;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** One shadow with what it has come to. Thread-safe. */
final class Follower {

    /** Comparisons that are kept of each shadow. */
    static final int KEPT = 100;

    private final Shadow shadow;
    private final AtomicLong dropped = new AtomicLong();
    private final Deque<Noted> latest = new ArrayDeque<>();
    private Sums sums;
    private int unsaved;

    private Follower(Shadow shadow, Sums sums) {
        this.shadow = shadow;
        this.sums = sums;
    }

    static Follower fresh(Shadow shadow) {
        return new Follower(shadow, Sums.NONE);
    }

    /** Goes on where it was. */
    static Follower restored(Shadow shadow, ShadowStore store) {
        List<JsonObject> newestFirst = store.comparisons(shadow.id(), KEPT);
        Sums sums = newestFirst.stream()
                .findFirst()
                .flatMap(newest -> newest.get("sums"))
                .flatMap(JsonValue::asObject)
                .map(Sums::of)
                .orElse(Sums.NONE);
        Follower follower = new Follower(shadow, sums);
        newestFirst.forEach(json -> follower.latest.addLast(Noted.of(json)));
        return follower;
    }

    Shadow shadow() {
        return shadow;
    }

    /** Quick: called while a live decision waits. */
    void dropped() {
        dropped.incrementAndGet();
    }

    synchronized void add(Finding finding) {
        countDropped();
        sums = sums.plus(finding);
        latest.addFirst(Noted.of(finding));
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
        unsaved = Math.min(KEPT, unsaved + 1);
    }

    private void countDropped() {
        sums = sums.plus(Sums.DROPPED, dropped.getAndSet(0));
    }

    /** Stores what is new; it stays new when that fails. */
    synchronized void save(ShadowStore store) {
        if (unsaved == 0) {
            return;
        }
        countDropped();
        List<JsonObject> oldestFirst = new ArrayList<>();
        for (Noted noted : latest) {
            if (oldestFirst.size() < unsaved) {
                oldestFirst.add(0, noted.json(oldestFirst.isEmpty() ? Optional.of(sums) : Optional.empty()));
            }
        }
        store.append(shadow.id(), oldestFirst, KEPT);
        unsaved = 0;
    }

    synchronized ShadowReport report() {
        countDropped();
        return new ShadowReport(
                shadow,
                new Counts(
                        sums.count(Sums.COMPARED),
                        sums.count(Sums.AGREED),
                        sums.count(Sums.ONLY_LIVE),
                        sums.count(Sums.ONLY_SHADOW),
                        sums.count(Sums.DROPPED),
                        sums.count(Sums.FAULTS)),
                sums.sortedTerms(),
                sums.count(Sums.LIVE_MOVES),
                sums.count(Sums.SHADOW_MOVES),
                sums.count(Sums.LIVE_REPLICAS),
                sums.count(Sums.SHADOW_REPLICAS),
                median(Noted::liveMillis),
                median(Noted::shadowMillis),
                latest.stream().map(Noted::comparison).toList());
    }

    /** Of the comparisons that are kept. */
    private double median(ToDoubleFunction<Noted> millis) {
        double[] sorted = latest.stream().mapToDouble(millis).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
