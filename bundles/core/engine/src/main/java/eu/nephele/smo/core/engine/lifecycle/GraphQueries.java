// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphQuery;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import eu.nephele.smo.core.engine.graph.RevisionHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Graphs as their users see them: a graph that is being removed is gone for all but the reconciler. */
final class GraphQueries {

    /** Graphs that are read together when only some of them are requested. */
    private static final int SLICE = 500;

    private final GraphRepository graphs;
    private final RevisionHistory revisions;
    private final GraphViewFactory views;

    GraphQueries(GraphRepository graphs, RevisionHistory revisions, GraphViewFactory views) {
        this.graphs = graphs;
        this.revisions = revisions;
        this.views = views;
    }

    List<Revision> revisions(GraphId graph) {
        present(graph);
        return revisions.list(graph);
    }

    /** @throws SmoException {@code NOT_FOUND} when it is not kept, or was never there */
    Revision revision(GraphId graph, long number) {
        return revisions
                .find(graph, number)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no revision %d, or it is not kept any more".formatted(graph.name(), number)));
    }

    long lastRevision(GraphRecord record) {
        return revisions.list(record.id()).stream()
                .mapToLong(Revision::number)
                .max()
                .orElse(record.desired().declaration().revision());
    }

    Optional<GraphView> find(GraphId graph) {
        return graphs.find(graph).filter(GraphQueries::isVisible).map(views::create);
    }

    List<GraphView> findByName(String name) {
        return graphs.findByName(name).stream()
                .filter(GraphQueries::isVisible)
                .map(views::create)
                .toList();
    }

    List<GraphView> list(String project) {
        return graphs.list(project).stream()
                .filter(GraphQueries::isVisible)
                .map(views::create)
                .toList();
    }

    List<GraphView> list() {
        return graphs.list().stream()
                .filter(GraphQueries::isVisible)
                .map(views::create)
                .toList();
    }

    /** In slices: a filter by phase may leave nothing of one. */
    List<GraphItem> page(GraphQuery query) {
        List<GraphItem> page = new ArrayList<>();
        String after = query.after();
        boolean more = true;
        while (more) {
            int wanted = query.phase().isPresent() ? SLICE : query.limit() - page.size();
            List<GraphOutline> slice = graphs.outlines(query.project(), after, query.namePrefix(), wanted);
            slice.stream()
                    .flatMap(outline -> views.item(outline).stream())
                    .filter(query::matches)
                    .limit(query.limit() - (long) page.size())
                    .forEach(page::add);
            more = slice.size() == wanted
                    && page.size() < query.limit()
                    && last(slice).startsWith(query.namePrefix());
            after = slice.isEmpty() ? after : last(slice);
        }
        return page;
    }

    private static String last(List<GraphOutline> slice) {
        return slice.get(slice.size() - 1).id().name();
    }

    List<String> names(String project) {
        return graphs.names(project);
    }

    SortedMap<String, Long> projects() {
        return graphs.projects();
    }

    /** @throws SmoException {@code NOT_FOUND}, also while it is being removed */
    GraphRecord present(GraphId graph) {
        return graphs.find(graph).filter(GraphQueries::isVisible).orElseThrow(() -> missing(graph));
    }

    /** @throws SmoException {@code NOT_FOUND}; a graph that is being removed is still found */
    GraphRecord stored(GraphId graph) {
        return graphs.find(graph).orElseThrow(() -> missing(graph));
    }

    private static SmoException missing(GraphId graph) {
        return SmoException.notFound("Graph %s not found in project %s".formatted(graph.name(), graph.project()));
    }

    boolean isThere(GraphId graph) {
        return graphs.find(graph).filter(GraphQueries::isVisible).isPresent();
    }

    static boolean isVisible(GraphRecord record) {
        return record.desired().state() != DesiredState.REMOVED;
    }
}
