// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who calls, as each call says: the holder of a lease and its epoch. A write that comes with a lower epoch than one that was seen is of
 * a former owner, and one without an epoch, after one that was seen, is of nobody that owns the database. It is done and counted: to refuse it would hide it. Thread-safe.
 */
final class OwnerBook {

    static final String HOLDER = "Smo-Owner";
    static final String EPOCH = "Smo-Epoch";

    private static final Set<String> WRITES = Set.of("PUT", "DELETE");
    private static final int REMEMBERED = 20;

    private final Map<Long, Long> byEpoch = new TreeMap<>();
    private final List<String> first = new ArrayList<>();
    private long highest;
    private long former;
    private long nobodys;

    /**
     * @param holder "" when the call does not say
     * @param epoch as the call says it; not a number: nobody that has epochs
     */
    synchronized void called(String method, String path, String holder, String epoch) {
        long number;
        try {
            number = Long.parseLong(epoch);
        } catch (NumberFormatException without) {
            if (WRITES.contains(method) && highest > 0) {
                nobodys++;
                remember("%s %s of nobody that says its epoch, after epoch %d".formatted(method, path, highest));
            }
            return;
        }
        highest = Math.max(highest, number);
        if (!WRITES.contains(method)) {
            return;
        }
        byEpoch.merge(number, 1L, Long::sum);
        if (number < highest) {
            former++;
            remember("%s %s of %s, epoch %d, after epoch %d".formatted(method, path, holder, number, highest));
        }
    }

    // guarded by this
    private void remember(String what) {
        if (first.size() < REMEMBERED) {
            first.add(what);
        }
    }

    synchronized OwnerReport report() {
        return new OwnerReport(highest, byEpoch, former, nobodys, first);
    }
}
