// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sums of reservations on all clusters, maintained by every change of this database's ledger (ADR 0041). After a change of
 * unknown outcome the sums are read again; the reader waits for running changes, and they for the reader.
 */
final class ReservedSums {

    // shared by those who change the ledger, exclusive for who reads all of it
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final Map<ClusterId, Map<String, CapacitySum>> sums = new HashMap<>();
    private final Map<ClusterId, Resources> amounts = new HashMap<>();
    private final BooleanSupplier kept;
    private boolean known;

    /** @param kept whether no other server changes the ledger; else the sums are read each time */
    ReservedSums(BooleanSupplier kept) {
        this.kept = kept;
    }

    /** The amounts by cluster; clusters without any are missing. */
    Map<ClusterId, Resources> get(Supplier<Map<CapacityKey, CapacitySum>> load) {
        if (!kept.getAsBoolean()) {
            return new ReservedSums(() -> true).get(load);
        }
        synchronized (this) {
            if (known) {
                return new HashMap<>(amounts);
            }
        }
        return alone(() -> {
            Map<CapacityKey, CapacitySum> read = load.get();
            synchronized (this) {
                sums.clear();
                amounts.clear();
                add(read);
                known = true;
                return new HashMap<>(amounts);
            }
        });
    }

    /**
     * @param work changes the ledger, and has committed when it returns
     * @param change returns the change from the answer, by slot
     */
    <T> T change(Supplier<T> work, Function<T, Map<CapacityKey, CapacitySum>> change) {
        Lock shared = changes.readLock();
        shared.lock();
        boolean certain = false;
        try {
            T result = work.get();
            add(change.apply(result));
            certain = true;
            return result;
        } finally {
            if (!certain) {
                forget();
            }
            shared.unlock();
        }
    }

    /** Changes the sums themselves; they are read anew. */
    <T> T rebuild(Supplier<T> work) {
        return alone(() -> {
            forget();
            return work.get();
        });
    }

    private <T> T alone(Supplier<T> work) {
        Lock exclusive = changes.writeLock();
        exclusive.lock();
        try {
            return work.get();
        } finally {
            exclusive.unlock();
        }
    }

    private synchronized void add(Map<CapacityKey, CapacitySum> change) {
        change.forEach((capacityKey, sum) -> sums.computeIfAbsent(capacityKey.cluster(), any -> new TreeMap<>())
                .merge(capacityKey.resource(), sum, CapacitySum::plus));
        change.keySet().stream().map(CapacityKey::cluster).distinct().forEach(this::publish);
    }

    private void publish(ClusterId cluster) {
        Map<String, Long> byName = new TreeMap<>();
        sums.getOrDefault(cluster, Map.of()).forEach((resource, sum) -> {
            if (!sum.isNothing()) {
                byName.put(resource, sum.amount());
            }
        });
        if (byName.isEmpty()) {
            amounts.remove(cluster);
        } else {
            amounts.put(cluster, Resources.ofNames(byName));
        }
    }

    synchronized void forget() {
        known = false;
    }
}
