// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The order in which graphs are decided that want room: those that wait for it and those that lost their cluster. They are called by
 * priority: a level is queued when every graph of the levels above has had a pass, whether it found room or not. A graph
 * that comes earlier for another reason yields. Costs as much for a graph as the number of different priorities, not of graphs.
 */
public final class PlacementOrder {

    /**
     * Longest time for which a graph yields. More important graphs may be called again and again while room comes and goes; the others
     * are tried at last even then.
     */
    private static final Duration LONGEST_YIELD = Duration.ofMinutes(10);

    private record Call(int priority, Duration since) {}

    /** Called graphs of one priority: those that are to be queued when it is their turn, and those that were. */
    private static final class CalledGraphs {

        private final Set<GraphId> later = new LinkedHashSet<>();
        private final Set<GraphId> queued = new HashSet<>();

        private void remove(GraphId graph) {
            later.remove(graph);
            queued.remove(graph);
        }

        private boolean isEmpty() {
            return later.isEmpty() && queued.isEmpty();
        }
    }

    private final GraphIndex graphIndex;
    private final WorkQueue<GraphId> queue;
    private final SeenTime time;
    /** Begins anew with each start, because each graph that wants room comes by itself then. Graphs that had no turn yet. */
    private final Map<GraphId, Call> called = new HashMap<>();
    /** The same by priority, the highest first. */
    private final NavigableMap<Integer, CalledGraphs> levels = new TreeMap<>(Comparator.reverseOrder());
    /** Begins anew with each start, for the same reason. Called graphs in a pass that is their turn. */
    private final Set<GraphId> served = new HashSet<>();
    /** Begins anew with each start, for the same reason. Graphs that had a turn since room became free: nothing has changed for them. */
    private final Set<GraphId> tried = new HashSet<>();

    PlacementOrder(GraphIndex graphIndex, WorkQueue<GraphId> queue, SeenTime time) {
        this.graphIndex = graphIndex;
        this.queue = queue;
        this.time = time;
    }

    /** Room may have become free: calls all graphs that wait for it. */
    public void callWaiting() {
        synchronized (this) {
            tried.clear();
        }
        call(graphIndex.takeWaiting());
    }

    private void call(Collection<GraphId> graphs) {
        synchronized (this) {
            for (GraphId graph : graphs) {
                // a pass that is under way does not know of the room that this call is about
                served.remove(graph);
                add(graph, graphIndex.priority(graph));
            }
        }
        due().forEach(queue::add);
    }

    /** To be queued when it is its turn, also where that was done before. */
    private Call add(GraphId graph, int priority) {
        Call before = called.get(graph);
        remove(graph);
        Call call = new Call(priority, before == null ? time.now() : before.since());
        called.put(graph, call);
        levels.computeIfAbsent(priority, any -> new CalledGraphs()).later.add(graph);
        return call;
    }

    private void remove(GraphId graph) {
        Call call = called.remove(graph);
        if (call != null) {
            levels.computeIfPresent(call.priority(), (priority, level) -> {
                level.remove(graph);
                return level.isEmpty() ? null : level;
            });
        }
    }

    /** The graphs of the highest level that are not queued yet, which are from now on. */
    private synchronized List<GraphId> due() {
        if (levels.isEmpty()) {
            return List.of();
        }
        CalledGraphs first = levels.firstEntry().getValue();
        List<GraphId> due = List.copyOf(first.later);
        first.queued.addAll(due);
        first.later.clear();
        return due;
    }

    /** A pass over a graph, which is its turn if it is called. */
    public PassResult during(GraphId graph, Supplier<PassResult> pass) {
        synchronized (this) {
            if (called.containsKey(graph)) {
                served.add(graph);
            }
        }
        boolean comesBackAtOnce = false;
        try {
            PassResult result = pass.get();
            comesBackAtOnce = result instanceof PassResult.RequeueAfter again
                    && again.delay().isZero();
            return result;
        } finally {
            if (!comesBackAtOnce) {
                hadTurn(graph);
            }
        }
    }

    /** Takes note of the priority of a graph in a pass, as its descriptor has it now. */
    public void rank(GraphId graph, int priority) {
        graphIndex.rank(graph, priority);
    }

    /** Returns whether the graph waits for room: since a former pass, or by a call. */
    public synchronized boolean waits(GraphId graph) {
        return called.containsKey(graph) || graphIndex.waits(graph);
    }

    /**
     * Returns whether a graph in a pass, which wants room, may look for it now. If not, it has yielded and is queued when it may. The
     * first one that comes when nobody is called calls the more important ones that want room and have not looked for it since some
     * became free.
     *
     * @param others further graphs that want room
     */
    public boolean isTurn(GraphId graph, Supplier<Collection<GraphId>> others) {
        int priority = graphIndex.priority(graph);
        Set<GraphId> first = new LinkedHashSet<>();
        if (isNobodyCalled() && graphIndex.isSurpassed(priority)) {
            first.addAll(graphIndex.takeWaiting(other -> goesBefore(other, priority)));
            others.get().stream().filter(other -> goesBefore(other, priority)).forEach(first::add);
        }
        boolean turn = isTurn(graph, first);
        due().forEach(queue::add);
        return turn;
    }

    private synchronized boolean goesBefore(GraphId other, int priority) {
        return graphIndex.priority(other) > priority && !tried.contains(other);
    }

    private synchronized boolean isNobodyCalled() {
        return called.isEmpty();
    }

    private synchronized boolean isTurn(GraphId graph, Collection<GraphId> others) {
        others.forEach(other -> add(other, graphIndex.priority(other)));
        int priority = graphIndex.priority(graph);
        Call call = add(graph, priority);
        boolean turn = priority == levels.firstKey() || time.since(call.since()).compareTo(LONGEST_YIELD) >= 0;
        if (turn) {
            CalledGraphs level = levels.computeIfAbsent(priority, any -> new CalledGraphs());
            level.later.remove(graph);
            level.queued.add(graph);
            served.add(graph);
        } else {
            served.remove(graph);
        }
        return turn;
    }

    /** A graph has had its turn: the next ones are queued when it was the last one before them. */
    public void hadTurn(GraphId graph) {
        synchronized (this) {
            if (served.remove(graph)) {
                remove(graph);
                tried.add(graph);
            }
        }
        due().forEach(queue::add);
    }
}
