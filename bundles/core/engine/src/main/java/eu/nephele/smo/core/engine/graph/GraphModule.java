// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.core.engine.context.EngineContext;

/** What is kept of graphs, shown of them and told of them. */
public record GraphRegister(
        Graphs graphs,
        Revisions revisions,
        Views views,
        Declarations declarations,
        Happenings happenings,
        Census census,
        Dashboards dashboards) {

    public static GraphRegister of(EngineContext context) {
        Dashboards dashboards = new Dashboards();
        Graphs graphs = new Graphs(context.memory().graphs(), context.rooms().reader());
        return new GraphRegister(
                graphs,
                new Revisions(context.memory().revisions(), context.rooms().reader()),
                new Views(graphs, dashboards),
                new Declarations(context.clock()),
                new Happenings(context.clock()),
                new Census(),
                dashboards);
    }
}
