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
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Graphs that may find better places than theirs: those that were placed in a hurry, once, and those that follow the signals of the
 * clusters, when these have changed. Begins anew with each start, as each graph gets a pass then. Thread-safe.
 */
public final class ImprovementSchedule {

    private final Duration interval;
    private final SeenTime time;
    private final Set<GraphId> following = new HashSet<>();
    private final Set<GraphId> postponed = new HashSet<>();
    private final Set<GraphId> open = new LinkedHashSet<>();
    private final Set<GraphId> wanted = new HashSet<>();
    private Duration nextRound = Duration.ZERO;
    private Map<ClusterId, ClusterSignals> lastSignals = Map.of();

    /** @param interval shortest time between two improvements of a graph */
    public ImprovementSchedule(Duration interval, SeenTime time) {
        this.interval = interval;
        this.time = time;
    }

    /** Takes note of a graph that is as it was decided. */
    synchronized void converged(GraphRecord record, DecidedGraph decided, Graph graph) {
        boolean mayMove = !record.desired().paused()
                && !graph.staticPlacement()
                && decided.constraints().keepPlacement().isEmpty();
        boolean follows = mayMove && graph.lifecycle().onSignalChange() == OnSignalChange.REPLACE;
        if (!follows) {
            following.remove(record.id());
        } else if (following.add(record.id())) {
            open.add(record.id());
        }
        if (mayMove && decided.provenance().improvable() && !postponed.contains(record.id())) {
            open.add(record.id());
        }
    }

    synchronized void forget(GraphId graph) {
        following.remove(graph);
        postponed.remove(graph);
        open.remove(graph);
        wanted.remove(graph);
    }

    /**
     * The graphs to improve next.
     *
     * @param most at most so many
     * @param signals those of the clusters now
     */
    public synchronized List<GraphId> take(int most, Supplier<Map<ClusterId, ClusterSignals>> signals) {
        if (time.now().compareTo(nextRound) >= 0) {
            nextRound = time.now().plus(interval);
            Map<ClusterId, ClusterSignals> now = signals.get();
            if (!now.equals(lastSignals)) {
                lastSignals = Map.copyOf(now);
                open.addAll(following);
            }
            open.addAll(postponed);
            postponed.clear();
        }
        List<GraphId> taken = new ArrayList<>();
        Iterator<GraphId> next = open.iterator();
        while (next.hasNext() && taken.size() < most) {
            taken.add(next.next());
            next.remove();
        }
        wanted.addAll(taken);
        return taken;
    }

    /** @return whether the graph was taken, and nobody has begun to improve it since */
    synchronized boolean begin(GraphId graph) {
        return wanted.remove(graph);
    }

    /** The graph cannot be improved now; it is taken again some time later. */
    synchronized void postpone(GraphId graph) {
        postponed.add(graph);
    }
}
