// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ReplicaChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Changes of replicas in the last hour, in memory: limits per period count from them. */
public final class ReplicaChanges {

    private static final Duration KEPT = Duration.ofHours(1);
    /** As many changes of one target as a decision every five seconds makes. */
    private static final int MOST = 720;

    /** Begins anew with each start, because a limit per period that is reached once more does little harm. */
    private final Map<GraphId, Map<ScaledShare, Deque<ReplicaChange>>> byGraph = new ConcurrentHashMap<>();

    private record ScaledShare(String service, ClusterId cluster) {}

    public void record(GraphId graph, String service, ClusterId cluster, ReplicaChange change) {
        Deque<ReplicaChange> changes = byGraph.computeIfAbsent(graph, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(new ScaledShare(service, cluster), any -> new ArrayDeque<>());
        synchronized (changes) {
            changes.addLast(change);
            if (changes.size() > MOST) {
                changes.removeFirst();
            }
        }
    }

    /** Oldest first; also those of a clock that was ahead are left out. */
    public List<ReplicaChange> lately(GraphId graph, String service, ClusterId cluster, Instant now) {
        Deque<ReplicaChange> changes = byGraph.getOrDefault(graph, Map.of()).get(new ScaledShare(service, cluster));
        if (changes == null) {
            return List.of();
        }
        synchronized (changes) {
            changes.removeIf(change ->
                    change.at().isBefore(now.minus(KEPT)) || change.at().isAfter(now));
            return List.copyOf(changes);
        }
    }

    public void forget(GraphId graph) {
        byGraph.remove(graph);
    }
}
