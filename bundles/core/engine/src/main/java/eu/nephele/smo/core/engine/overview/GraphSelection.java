// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewQuery.ListPosition;
import eu.nephele.smo.core.contract.overview.OverviewQuery.Order;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Finds a page among all graphs in one run, which keeps no more of them than the page has. */
final class GraphSelection {

    private static final Comparator<ListPosition> BY_NAME = Comparator.<ListPosition, String>comparing(
                    mark -> mark.graph().name())
            .thenComparing(mark -> mark.graph().project());
    private static final Comparator<ListPosition> BY_CHANGE =
            Comparator.comparing(ListPosition::changedAt).reversed().thenComparing(BY_NAME);

    private final OverviewQuery query;
    private final Predicate<ResourceRef> visible;
    private final Comparator<ListPosition> order;
    private final String text;
    private final String source;
    private final String cluster;

    GraphSelection(OverviewQuery query, Predicate<ResourceRef> visible) {
        this.query = query;
        this.visible = visible;
        this.order = query.order() == Order.CHANGED ? BY_CHANGE : BY_NAME;
        this.text = GraphListing.fold(query.text());
        String wanted = query.cluster().orElse("");
        int slash = wanted.indexOf('/');
        this.source = slash < 0 ? "" : wanted.substring(0, slash);
        this.cluster = wanted.substring(slash + 1);
    }

    /** Whether a caller may see a graph is asked last: only of those that would be on the page. */
    List<GraphListing> page(Collection<GraphListing> graphs) {
        Optional<ListPosition> after = query.after();
        PriorityQueue<GraphListing> page =
                new PriorityQueue<>(Comparator.comparing(GraphListing::mark, order.reversed()));
        for (GraphListing graph : graphs) {
            if ((after.isEmpty() || order.compare(graph.mark(), after.get()) > 0)
                    && (page.size() < query.limit()
                            || order.compare(graph.mark(), page.element().mark()) < 0)
                    && matches(graph)
                    && visible.test(graph.target())) {
                page.add(graph);
                if (page.size() > query.limit()) {
                    page.remove();
                }
            }
        }
        return page.stream()
                .sorted(Comparator.comparing(GraphListing::mark, order))
                .toList();
    }

    private boolean matches(GraphListing graph) {
        return (query.phases().isEmpty() || query.phases().contains(graph.phase()))
                && (!query.attention() || graph.attention() != Attention.NONE)
                && (query.project().isEmpty()
                        || query.project().get().equals(graph.id().project()))
                && (text.isEmpty() || graph.folded().contains(text))
                && (query.cluster().isEmpty() || graph.isOn(source, cluster));
    }
}
