// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;

final class ServiceMoves {

    private ServiceMoves() {}

    static int report(DemoStory story, ObjectNode facts, DisplayedGraph before) {
        TableRenderer table = new TableRenderer("service", "cluster", "replicas");
        ArrayNode moves = facts.putArray("moves");
        for (DisplayedService now : story.graph().services()) {
            DisplayedService then = before.service(now.name()).orElse(now);
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
