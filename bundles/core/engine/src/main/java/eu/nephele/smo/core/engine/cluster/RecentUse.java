// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Use of our pods on clusters at the last polls. Not thread-safe. */
final class RecentUse {

    /** The latest report of a cluster about its usage: Karmada polls its members every 10 s. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private record UseSample(Instant at, Resources used) {}

    /** Begins anew with each start and takeover, because the first poll shows it. Only changes of the usage. */
    private final Map<ClusterId, Deque<UseSample>> looks = new HashMap<>();

    /**
     * Records a poll; polls that are older than a cluster may be late are forgotten, but the last one of them.
     *
     * @param seen those of them that were seen; the usage of the others stays
     */
    void record(Instant now, Set<ClusterId> clusters, Set<ClusterId> seen, Map<ClusterId, Resources> use) {
        looks.keySet().retainAll(clusters);
        seen.forEach(cluster -> record(now, cluster, use.getOrDefault(cluster, Resources.NONE)));
    }

    private void record(Instant now, ClusterId cluster, Resources used) {
        Deque<UseSample> there = looks.computeIfAbsent(cluster, any -> new ArrayDeque<>());
        if (there.isEmpty() || !there.getLast().used().equals(used)) {
            there.addLast(new UseSample(now, used));
        }
        Instant late = now.minus(LATE);
        while (there.size() > 1 && !second(there).at().isAfter(late)) {
            there.removeFirst();
        }
    }

    private static UseSample second(Deque<UseSample> there) {
        Iterator<UseSample> each = there.iterator();
        each.next();
        return each.next();
    }

    void forget(Predicate<ClusterId> clusters) {
        looks.keySet().removeIf(clusters);
    }

    /** The least usage of a cluster, of each resource; nothing without a poll. */
    Resources least(ClusterId cluster) {
        return looks.getOrDefault(cluster, new ArrayDeque<>()).stream()
                .map(UseSample::used)
                .reduce(ClusterInventory::smaller)
                .orElse(Resources.NONE);
    }
}
