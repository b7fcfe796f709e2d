// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.engine.operation.OperationTracker.TrackedOperation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Tickets by the id of their operation and by its graph: a pass reads those of one graph only. */
final class OpenOperationIndex {

    private static final Comparator<TrackedOperation> OLDEST_FIRST = Comparator.comparing(
            trackedOperation -> trackedOperation.operation().id());

    /** Cache of the open operations of the store, found again by loading them at each start; callers wait again. */
    private final Map<String, TrackedOperation> byId = new ConcurrentHashMap<>();
    /** Cache of the same by graph, found again with it. */
    private final Map<GraphId, Map<String, TrackedOperation>> byGraph = new ConcurrentHashMap<>();

    /** Cache of how many of them each principal has begun, found again with them. */
    private final Map<String, Integer> byPrincipal = new ConcurrentHashMap<>();

    /** Keeps a ticket, unless one of its operation is kept. */
    void add(TrackedOperation trackedOperation) {
        String id = trackedOperation.operation().id();
        if (byId.putIfAbsent(id, trackedOperation) == null) {
            byPrincipal.merge(principal(trackedOperation), 1, Integer::sum);
            trackedOperation
                    .operation()
                    .graph()
                    .ifPresent(graph -> byGraph.compute(graph, (key, present) -> {
                        Map<String, TrackedOperation> tickets =
                                present == null ? new ConcurrentSkipListMap<>() : present;
                        tickets.put(id, trackedOperation);
                        return tickets;
                    }));
        }
    }

    void remove(String id) {
        TrackedOperation gone = byId.remove(id);
        if (gone != null) {
            byPrincipal.computeIfPresent(principal(gone), (name, count) -> count == 1 ? null : count - 1);
            gone.operation()
                    .graph()
                    .ifPresent(graph -> byGraph.computeIfPresent(graph, (key, tickets) -> {
                        tickets.remove(id);
                        return tickets.isEmpty() ? null : tickets;
                    }));
        }
    }

    Optional<TrackedOperation> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    int size() {
        return byId.size();
    }

    /** How many a principal has begun that are not over. */
    int size(String principal) {
        return byPrincipal.getOrDefault(principal, 0);
    }

    private static String principal(TrackedOperation trackedOperation) {
        return trackedOperation.operation().origin().principal();
    }

    /** Tickets of a graph, oldest first. */
    List<TrackedOperation> list(GraphId graph) {
        Map<String, TrackedOperation> tickets = byGraph.get(graph);
        return tickets == null ? List.of() : List.copyOf(tickets.values());
    }

    /** Tickets without a graph, oldest first. */
    List<TrackedOperation> ofNoGraph() {
        return byId.values().stream()
                .filter(trackedOperation -> trackedOperation.operation().graph().isEmpty())
                .sorted(OLDEST_FIRST)
                .toList();
    }

    Set<GraphId> graphs() {
        return Set.copyOf(byGraph.keySet());
    }

    Collection<TrackedOperation> all() {
        return List.copyOf(byId.values());
    }
}
