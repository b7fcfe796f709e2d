// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Adapters for the same name. The one with the highest ranking is called, and of equals the one that came last: a
 * successor takes over at once, whether the other one leaves or not, and gives the place back when it leaves itself.
 */
final class RankedAdapters<T> {

    private record RankedEntry<T>(T adapter, int ranking) {}

    /** Begins anew with each start, because adapters register when they come. */
    private final List<RankedEntry<T>> entries = new CopyOnWriteArrayList<>();

    synchronized void add(T adapter, int ranking) {
        entries.add(0, new RankedEntry<>(adapter, ranking));
        entries.sort(Comparator.comparingInt((RankedEntry<T> entry) -> -entry.ranking()));
    }

    synchronized void remove(T adapter) {
        entries.removeIf(entry -> entry.adapter().equals(adapter));
    }

    Optional<T> best() {
        return entries.stream().map(RankedEntry::adapter).findFirst();
    }

    List<T> all() {
        return entries.stream().map(RankedEntry::adapter).toList();
    }
}
