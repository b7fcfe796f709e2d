// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often services have moved within a day, whoever moved them. Load that comes and goes, and graphs that make way for each
 * other, would move some of them again and again, each time for little. Thread-safe.
 */
final class DailyMoves {

    /** Most moves of a service within a day for better places and for lack of room, all its moves counted. */
    static final int MOST = 4;

    /** A service that has moved so often is not moved for a better place: the rest of its moves is for lack of room. */
    static final int MOST_FOR_BETTER_PLACES = 3;

    private static final Duration DAY = Duration.ofDays(1);

    /** A graph as it was seen last. */
    private static final class Past {

        private Placement places = Placement.NONE;
        /** Seen times of the moves of services that have moved, oldest first. */
        private final Map<String, Deque<Duration>> moves = new HashMap<>();

        private void forgetBefore(Duration begin) {
            moves.values().forEach(times -> times.removeIf(at -> at.compareTo(begin) <= 0));
            moves.values().removeIf(Deque::isEmpty);
        }
    }

    private final SeenTime time;
    /** Begins anew with each start, because a start is rare enough. */
    private final Map<GraphId, Past> graphs = new HashMap<>();

    DailyMoves(SeenTime time) {
        this.time = time;
    }

    /** Takes note of where the services of a graph are. */
    synchronized void saw(GraphId graph, Placement places) {
        Past past = graphs.computeIfAbsent(graph, any -> new Past());
        if (past.places.equals(places)) {
            return;
        }
        for (String service : places.shares().keySet()) {
            Set<ClusterId> before = new HashSet<>(past.places.clustersOf(service));
            if (!before.isEmpty() && !before.equals(new HashSet<>(places.clustersOf(service)))) {
                past.moves.computeIfAbsent(service, any -> new ArrayDeque<>()).add(time.now());
            }
        }
        past.moves.keySet().retainAll(places.shares().keySet());
        past.forgetBefore(time.now().minus(DAY));
        past.places = places;
    }

    /** Services that have moved so often within the last day that they are not moved for better places. */
    Set<String> resting(GraphId graph) {
        return moved(graph, MOST_FOR_BETTER_PLACES);
    }

    /** Services that have moved so often within the last day that they are not moved for lack of room, either. */
    Set<String> exhausted(GraphId graph) {
        return moved(graph, MOST);
    }

    /** @param times that often or more often */
    private synchronized Set<String> moved(GraphId graph, int times) {
        Past past = graphs.get(graph);
        if (past == null || past.moves.isEmpty()) {
            return Set.of();
        }
        past.forgetBefore(time.now().minus(DAY));
        Set<String> often = new TreeSet<>();
        past.moves.forEach((service, moves) -> {
            if (moves.size() >= times) {
                often.add(service);
            }
        });
        return often;
    }

    synchronized void forget(GraphId graph) {
        graphs.remove(graph);
    }
}
