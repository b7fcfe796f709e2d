// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Stages;

/** Stores, views and events of graphs. */
public record GraphModule(
        GraphRepository graphs,
        RevisionHistory revisions,
        GraphViewFactory views,
        DesiredGraphFactory declarations,
        GraphEventFactory graphEventFactory,
        GraphIndex graphIndex,
        PlacementOrder placementOrder,
        DashboardUrls dashboards) {

    public static GraphModule from(EngineContext context) {
        DashboardUrls dashboards = new DashboardUrls();
        GraphIndex graphIndex = new GraphIndex();
        GraphRepository graphs = new GraphRepository(
                context.memory().graphs(), context.engineDependencies().reader(), new Stages(context.tracing()));
        return new GraphModule(
                graphs,
                new RevisionHistory(
                        context.memory().revisions(),
                        context.engineDependencies().reader()),
                new GraphViewFactory(graphs, dashboards, context.clock()),
                new DesiredGraphFactory(context.clock()),
                new GraphEventFactory(context.clock()),
                graphIndex,
                new PlacementOrder(graphIndex, context.queue(), context.time()),
                dashboards);
    }
}
