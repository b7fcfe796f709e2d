// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.json.SelectionReader;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** @param selection with an id */
record ShadowBody(String kind, StrategySelection selection, Shadow.ShadowScope scope) {

    private static final String STRATEGY = "/strategy";

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers */
    static ShadowBody read(InputStream body, StrategyCatalog catalog) {
        BodyMembers members = BodyMembers.create(body, "kind", "strategy", "project", "graph");
        String kind = members.word("kind", Set.of(StrategyRef.PLACEMENT, StrategyRef.SCALING))
                .orElse(StrategyRef.PLACEMENT);
        StrategySelection selection = selection(members, kind, catalog);
        Optional<GraphId> graph = members.graph("graph");
        Optional<String> project = members.text("project");
        if (graph.isPresent() && project.isPresent()) {
            members.wrong("/project", "must be missing beside graph, which names its project");
        }
        members.refuse();
        return new ShadowBody(kind, selection, new Shadow.ShadowScope(project, graph));
    }

    private static StrategySelection selection(BodyMembers members, String kind, StrategyCatalog catalog) {
        Optional<JsonNode> given = members.member("strategy");
        if (given.isEmpty()) {
            members.wrong(STRATEGY, "is missing, expected the shadow strategy: {\"id\": \"…\"}");
            return StrategySelection.UNSPECIFIED;
        }
        int before = members.violations().size();
        StrategySelection selection = SelectionReader.read(given.get(), STRATEGY, members.violations());
        if (members.violations().size() == before && selection.id().isEmpty()) {
            members.wrong(STRATEGY + "/id", "is missing, expected the id of a strategy");
        }
        if (members.violations().size() == before) {
            members.violations().addAll(catalog.check(kind, selection, STRATEGY));
        }
        return selection;
    }
}
