// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.engine.graph.Views;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Graphs as their users see them: what is being removed is gone for everybody but the reconciler. */
final class VisibleGraphs {

    private final GraphStore store;
    private final RevisionStore revisions;
    private final Views views;

    VisibleGraphs(GraphStore store, RevisionStore revisions, Views views) {
        this.store = store;
        this.revisions = revisions;
        this.views = views;
    }

    List<Revision> revisions(GraphId graph) {
        present(graph);
        return revisions.list(graph);
    }

    Optional<GraphView> find(GraphId graph) {
        return store.find(graph).filter(VisibleGraphs::isVisible).map(views::of);
    }

    List<GraphView> findByName(String name) {
        return store.findByName(name).stream()
                .filter(VisibleGraphs::isVisible)
                .map(views::of)
                .toList();
    }

    List<GraphView> list(String project) {
        return store.list(project).stream()
                .filter(VisibleGraphs::isVisible)
                .map(views::of)
                .toList();
    }

    List<GraphView> list() {
        return store.list().stream()
                .filter(VisibleGraphs::isVisible)
                .map(views::of)
                .toList();
    }

    List<String> names(String project) {
        return store.summaries(project).stream()
                .filter(summary -> summary.state() != DesiredState.REMOVED)
                .map(summary -> summary.id().name())
                .toList();
    }

    SortedMap<String, Long> projects() {
        return store.summaries().stream()
                .filter(summary -> summary.state() != DesiredState.REMOVED)
                .collect(Collectors.groupingBy(summary -> summary.id().project(), TreeMap::new, Collectors.counting()));
    }

    /**
     * A graph that is there for its users.
     *
     * @throws SmoException {@code NOT_FOUND}
     */
    GraphRecord present(GraphId graph) {
        return store.find(graph).filter(VisibleGraphs::isVisible).orElseThrow(() -> missing(graph));
    }

    /**
     * The same, also when it is being removed.
     *
     * @throws SmoException {@code NOT_FOUND}
     */
    GraphRecord stored(GraphId graph) {
        return store.find(graph).orElseThrow(() -> missing(graph));
    }

    private static SmoException missing(GraphId graph) {
        return SmoException.notFound("Graph %s not found in project %s".formatted(graph.name(), graph.project()));
    }

    /** Whether users see it. */
    static boolean isVisible(GraphRecord record) {
        return record.desired().state() != DesiredState.REMOVED;
    }
}
