// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Since when each cluster is ready or away. */
final class Absences {

    private final Clock clock;
    private final Map<ClusterId, Instant> awaySince = new ConcurrentHashMap<>();
    private final Map<ClusterId, Instant> readySince = new ConcurrentHashMap<>();

    Absences(Clock clock) {
        this.clock = clock;
    }

    /** It is away since before this process began. */
    void remember(ClusterId cluster, Instant since) {
        awaySince.put(cluster, since);
    }

    /** Since when a cluster is away that is not ready now. */
    Instant awaySince(ClusterId cluster) {
        return awaySince.computeIfAbsent(cluster, any -> clock.instant());
    }

    /** Since when a cluster is ready that is so now. */
    Optional<Instant> readySince(ClusterId cluster) {
        return Optional.ofNullable(readySince.get(cluster));
    }

    /** @param knownBefore those that were told of before: they are away when they are not told of any more */
    void note(Map<ClusterId, ClusterState> states, Set<ClusterId> knownBefore) {
        Set<ClusterId> all = new TreeSet<>(knownBefore);
        all.addAll(states.keySet());
        for (ClusterId id : all) {
            ClusterState state = states.get(id);
            if (state != null && state.ready()) {
                awaySince.remove(id);
                readySince.merge(id, clock.instant(), Absences::earlier);
            } else {
                readySince.remove(id);
                Instant heard = Optional.ofNullable(state)
                        .map(ClusterState::observedAt)
                        .filter(at -> at.isBefore(clock.instant()))
                        .orElseGet(clock::instant);
                awaySince.merge(id, heard, Absences::earlier);
            }
        }
    }

    /** A clock that was set back must not make anybody wait for the time that it shows again. */
    private static Instant earlier(Instant since, Instant now) {
        return since.isAfter(now) ? now : since;
    }
}
