// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at graphs whose intents may mean something else than when they were decided. After a graph that their intents name has
 * moved they are decided again if a hard part is not kept any more, at most once within an interval, so that graphs that name each
 * other do not chase each other. After another handler has come for an intent it is told what is not kept, and nothing moves.
 * Thread-safe.
 */
public final class IntentReview {

    private static final Logger LOG = LoggerFactory.getLogger(IntentReview.class);

    /** What was not kept in a placement. */
    private record Findings(long assignment, List<String> texts) {}

    private final PlacementProposer proposer;
    private final ClusterInventory clusterInventory;
    private final MoveBudget budget;
    private final Duration interval;
    private final SeenTime time;
    private final IntentIndex index = new IntentIndex();
    /** Begins anew with each start, because the first pass over a graph looks where that may be needed. Graphs that want a pass. */
    private final Set<GraphId> open = new LinkedHashSet<>();
    /** Begins anew with each start, for the same reason. Graphs to look at with their next pass, and whether they may move. */
    private final Map<GraphId, Boolean> due = new HashMap<>();
    /** Begins anew with each start, for the same reason. What was found, for conditions. */
    private final Map<GraphId, Findings> findings = new HashMap<>();
    /** Begins anew with each start, because a start is rare enough. Until when a graph is not decided again. */
    private final Map<GraphId, Duration> resting = new HashMap<>();
    /** Begins anew with each start, because handlers that come first are no news. */
    private final Map<String, Long> handlers = new HashMap<>();

    /** @param interval shortest time between two decisions about one graph */
    public IntentReview(
            PlacementProposer proposer,
            ClusterInventory clusterInventory,
            MoveBudget budget,
            Duration interval,
            SeenTime time) {
        this.proposer = proposer;
        this.clusterInventory = clusterInventory;
        this.budget = budget;
        this.interval = interval;
        this.time = time;
    }

    /** Takes note of a graph in a pass. */
    public void saw(GraphRecord record, Graph graph) {
        if (!index.record(record, graph)) {
            return;
        }
        // a former process may have ended between the move of a neighbour and the look
        if (index.namesOthers(graph.id())) {
            mark(graph.id(), true);
        } else if (record.observed().conditions().stream()
                .anyMatch(condition -> condition.type().equals(Condition.INTENTS_HONOURED))) {
            mark(graph.id(), false);
        }
    }

    /** A graph has other places now, or none: those that name it are looked at. */
    public void placed(GraphId graph) {
        look(index.naming(graph), true);
    }

    /**
     * Takes note of the handlers that are there.
     *
     * @param now intent → a number that another handler does not have
     */
    public void handlers(Map<String, Long> now) {
        Set<String> changed = new TreeSet<>();
        synchronized (this) {
            now.forEach((intent, handler) -> {
                Long before = handlers.put(intent, handler);
                if (before != null && !before.equals(handler)) {
                    changed.add(intent);
                }
            });
        }
        if (!changed.isEmpty()) {
            look(index.having(changed), false);
        }
    }

    private synchronized void look(Collection<GraphId> graphs, boolean mayMove) {
        graphs.forEach(graph -> {
            mark(graph, mayMove);
            open.add(graph);
        });
    }

    private synchronized void mark(GraphId graph, boolean mayMove) {
        due.merge(graph, mayMove, Boolean::logicalOr);
    }

    /** @return graphs that have to get a pass, at most so many */
    public synchronized List<GraphId> take(int most) {
        Duration now = time.now();
        Iterator<Map.Entry<GraphId, Duration>> rests = resting.entrySet().iterator();
        while (rests.hasNext()) {
            Map.Entry<GraphId, Duration> rest = rests.next();
            if (now.compareTo(rest.getValue()) >= 0) {
                rests.remove();
                if (findings.containsKey(rest.getKey())) {
                    open.add(rest.getKey());
                }
            }
        }
        List<GraphId> taken = open.stream().limit(most).toList();
        taken.forEach(open::remove);
        return taken;
    }

    /** The decision that a graph needs because a hard part of its intents is not kept any more. */
    public Optional<PlacementDemand> wanted(GraphRecord record, Graph graph) {
        Optional<DecidedGraph> decided = record.decided()
                .filter(last -> last.generation() == record.desired().generation() && !last.inTransit());
        if (decided.isEmpty() || graph.staticPlacement()) {
            return Optional.empty();
        }
        return begin(graph.id()).flatMap(mayMove -> look(record, graph, decided.get(), mayMove));
    }

    private synchronized Optional<Boolean> begin(GraphId graph) {
        return Optional.ofNullable(due.remove(graph));
    }

    private Optional<PlacementDemand> look(GraphRecord record, Graph graph, DecidedGraph decided, boolean mayMove) {
        List<BrokenIntent> broken;
        try {
            broken = BrokenIntent.list(
                    proposer.translate(graph).intents(), decided.placement(), clusterInventory.states());
        } catch (SmoException e) {
            LOG.info("intents not looked at graph={} reason=\"{}\"", graph.id(), e.getMessage());
            found(graph.id(), decided, e.kind() == SmoException.Kind.INVALID ? List.of(e.getMessage()) : List.of());
            mark(graph.id(), mayMove);
            return Optional.empty();
        }
        found(graph.id(), decided, broken.stream().map(BrokenIntent::text).toList());
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        mark(graph.id(), mayMove);
        boolean decides = mayMove
                && !record.desired().paused()
                && decided.constraints().keepPlacement().isEmpty()
                && budget.left(graph, decided).orElse(1) > 0
                && rests(graph.id());
        if (!decides) {
            return Optional.empty();
        }
        Set<String> staying = new LinkedHashSet<>(decided.placement().shares().keySet());
        broken.forEach(each -> staying.removeAll(each.services()));
        return Optional.of(PlacementDemand.automatic(DecisionReason.UPDATE, staying));
    }

    private synchronized void found(GraphId graph, DecidedGraph decided, List<String> texts) {
        if (texts.isEmpty()) {
            findings.remove(graph);
        } else {
            findings.put(graph, new Findings(decided.assignment(), texts));
        }
    }

    /** @return whether the graph has rested long enough; if so it rests from now on */
    private synchronized boolean rests(GraphId graph) {
        Duration now = time.now();
        Duration until = resting.get(graph);
        if (until != null && now.compareTo(until) < 0) {
            return false;
        }
        resting.put(graph, now.plus(interval));
        return true;
    }

    /** What is not kept, for people; nothing before the first look at a placement. */
    public synchronized List<String> notKept(GraphId graph, DecidedGraph decided) {
        return Optional.ofNullable(findings.get(graph))
                .filter(found -> found.assignment() == decided.assignment())
                .map(Findings::texts)
                .orElse(List.of());
    }

    /** A graph has no places any more. */
    public void forget(GraphId graph) {
        index.forget(graph);
        synchronized (this) {
            open.remove(graph);
            due.remove(graph);
            findings.remove(graph);
            resting.remove(graph);
        }
        placed(graph);
    }
}
