// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.Table;
import eu.nephele.smo.access.cli.view.GraphView;
import eu.nephele.smo.access.cli.view.ServiceView;

/** Services that went to other clusters. */
final class Moves {

    private Moves() {}

    /** Tells which ones have gone since, and how many they are. */
    static int tell(Story story, ObjectNode facts, GraphView before) {
        Table table = new Table("service", "cluster", "replicas");
        ArrayNode moves = facts.putArray("moves");
        for (ServiceView now : story.graph().services()) {
            ServiceView then = before.service(now.name()).orElse(now);
            if (!then.clusters().equals(now.clusters())) {
                story.moved().add(now.name());
                table.row(now.name(), then.where() + " -> " + now.where(), String.valueOf(now.replicas()));
                moves.addObject()
                        .put("service", now.name())
                        .put("from", then.where())
                        .put("to", now.where());
            }
        }
        if (!table.isEmpty()) {
            story.terminal().table(table);
        }
        return moves.size();
    }
}
