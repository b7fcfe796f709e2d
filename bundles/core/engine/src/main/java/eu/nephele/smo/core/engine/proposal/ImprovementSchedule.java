// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.LifecyclePolicy.OnSignalChange;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Graphs that may find better places than theirs: those that were placed in a hurry, and those that follow the signals of the clusters,
 * when these have changed. None is taken twice within the interval. Begins anew with each start, as each graph gets a pass then.
 * Thread-safe.
 */
public final class ImprovementSchedule {

    private final Duration interval;
    private final SeenTime time;
    /** Begins anew with each start, because each graph gets a pass then. Graphs that follow the signals. */
    private final Set<GraphId> following = new HashSet<>();
    /** Begins anew with each start, for the same reason. Graphs that were placed in a hurry. */
    private final Set<GraphId> unfinished = new HashSet<>();
    /** Begins anew with each start, for the same reason. Graphs of the next round. */
    private final Set<GraphId> postponed = new HashSet<>();
    /** Begins anew with each start, for the same reason. Graphs that are taken next, in order. */
    private final Set<GraphId> open = new LinkedHashSet<>();
    /** Begins anew with each start, for the same reason. Graphs that were taken, and had no pass since. */
    private final Set<GraphId> wanted = new HashSet<>();
    /** Begins anew with each start, because a start is rare enough. When graphs were taken last. */
    private final Map<GraphId, Duration> taken = new HashMap<>();

    private Duration nextRound = Duration.ZERO;
    /** Begins anew with each start, because followers are looked at then. */
    private Map<ClusterId, ClusterSignals> lastSignals = Map.of();

    /** @param interval shortest time between two improvements of a graph */
    public ImprovementSchedule(Duration interval, SeenTime time) {
        this.interval = interval;
        this.time = time;
    }

    /** Takes note of a graph that is as it was decided. */
    synchronized void converged(GraphRecord record, DecidedGraph decided, Graph graph) {
        GraphId id = record.id();
        boolean mayMove = !record.desired().paused()
                && !graph.staticPlacement()
                && decided.constraints().keepPlacement().isEmpty();
        boolean follows = mayMove && graph.lifecycle().onSignalChange() == OnSignalChange.REPLACE;
        boolean improvable = mayMove && decided.provenance().improvable();
        if (!follows && !improvable) {
            forget(id);
            return;
        }
        boolean isNew = update(following, id, follows);
        isNew |= update(unfinished, id, improvable);
        if (isNew) {
            postponed.add(id);
            openIfRested(id);
        }
    }

    /** @return whether the graph is in the set, and was not before */
    private static boolean update(Set<GraphId> graphs, GraphId graph, boolean belongs) {
        if (!belongs) {
            graphs.remove(graph);
        }
        return belongs && graphs.add(graph);
    }

    private void openIfRested(GraphId graph) {
        Duration last = taken.get(graph);
        if (last == null || time.since(last).compareTo(interval) >= 0) {
            postponed.remove(graph);
            open.add(graph);
        }
    }

    synchronized void forget(GraphId graph) {
        following.remove(graph);
        unfinished.remove(graph);
        postponed.remove(graph);
        open.remove(graph);
        wanted.remove(graph);
        taken.remove(graph);
    }

    /**
     * The graphs to improve next.
     *
     * @param most at most so many
     * @param signals those of the clusters now; read without a lock, because a source may take its time
     */
    List<GraphId> take(int most, Supplier<Map<ClusterId, ClusterSignals>> signals) {
        if (isRoundDue()) {
            beginRound(signals.get());
        }
        return take(most);
    }

    private synchronized boolean isRoundDue() {
        return time.now().compareTo(nextRound) >= 0;
    }

    private synchronized void beginRound(Map<ClusterId, ClusterSignals> signals) {
        nextRound = time.now().plus(interval);
        if (!signals.equals(lastSignals)) {
            lastSignals = Map.copyOf(signals);
            postponed.addAll(following);
        }
        postponed.addAll(unfinished);
        List.copyOf(postponed).forEach(this::openIfRested);
    }

    private synchronized List<GraphId> take(int most) {
        List<GraphId> next = new ArrayList<>();
        Iterator<GraphId> all = open.iterator();
        while (all.hasNext() && next.size() < most) {
            GraphId graph = all.next();
            all.remove();
            taken.put(graph, time.now());
            next.add(graph);
        }
        wanted.addAll(next);
        return next;
    }

    /** @return whether the graph was taken, and nobody has begun to improve it since */
    synchronized boolean begin(GraphId graph) {
        return wanted.remove(graph);
    }

    /** The graph could not be improved; it is taken again some time later. */
    synchronized void postpone(GraphId graph) {
        postponed.add(graph);
    }
}
