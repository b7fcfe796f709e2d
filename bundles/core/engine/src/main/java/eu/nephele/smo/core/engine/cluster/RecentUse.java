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

    /** Later than this no cluster tells its use: Karmada asks its members every 10 s. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private record UseSample(Instant at, Resources used) {}

    /** Begins anew with each start and takeover, because the first look tells it. Only where it was another use than before. */
    private final Map<ClusterId, Deque<UseSample>> looks = new HashMap<>();

    /**
     * Takes note of a look; those that lie longer back than a cluster may be late are forgotten, but the last one of them.
     *
     * @param clusters all that there are
     * @param seen those of them that were seen; what is known of the others stays
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

    /** Nothing is known of any look at these clusters. */
    void forget(Predicate<ClusterId> clusters) {
        looks.keySet().removeIf(clusters);
    }

    /** The least that was used on a cluster, of each resource; nothing where nobody has looked. */
    Resources least(ClusterId cluster) {
        return looks.getOrDefault(cluster, new ArrayDeque<>()).stream()
                .map(UseSample::used)
                .reduce(ClusterInventory::smaller)
                .orElse(Resources.NONE);
    }
}
