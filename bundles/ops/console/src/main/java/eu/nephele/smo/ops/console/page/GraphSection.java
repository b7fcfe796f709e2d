// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.EffectiveStrategies;
import eu.nephele.smo.ops.console.HoldTexts;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Optional;

/** The first graphs: the strategies that decide for them, and the replicas on which none decides. */
final class GraphSection implements Fragment {

    private static final List<String> HEADS =
            List.of("Graph", "Phase", "Services", "Placement", "Scaling", "Replicas set by hand");
    /** Maximum number of graphs, because each costs two reads of the journal. */
    private static final int MOST_GRAPHS = 200;

    private final ConsoleServices consoleServices;
    private final PageView view;

    GraphSection(ConsoleServices consoleServices, PageView view) {
        this.consoleServices = consoleServices;
        this.view = view;
    }

    @Override
    public void write(Html html) {
        html.element("h3", "Graphs", "class", "ui-widget-header");
        Optional<GraphService> graphs = consoleServices.graphs();
        if (graphs.isEmpty()) {
            html.element("p", "Graphs (core/engine) are unavailable.", "class", "smo-away");
            return;
        }
        List<GraphView> all = graphs.get().list(view.call());
        EffectiveStrategies strategies = new EffectiveStrategies(consoleServices, view.call());
        List<List<Fragment>> rows = all.stream()
                .limit(MOST_GRAPHS)
                .map(each -> row(each, strategies))
                .toList();
        html.table("smo-graphs", HEADS, rows, "There is no graph.");
        if (all.size() > MOST_GRAPHS) {
            html.element("p", "The first 200 graphs of %d.".formatted(all.size()));
        }
    }

    private static List<Fragment> row(GraphView each, EffectiveStrategies strategies) {
        return List.of(
                Html.textual(each.graph().id().toString()),
                Html.textual(PageFormats.lower(each.phase())),
                Html.textual(Integer.toString(each.services().size())),
                Html.textual(strategies.placement(each)),
                Html.textual(strategies.scaling(each)),
                Html.textual(HoldTexts.text(each)));
    }
}
