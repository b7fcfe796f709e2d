// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a question about the fleet. Not thread-safe. */
final class FleetBody {

    private static final int MOST_GRAPHS = 10_000;
    private static final int MOST_MOVES = 1_000_000;
    private static final int MOST_SECONDS = 600;
    private static final String WHAT_IF = "whatIf";

    private final BodyMembers members;

    private FleetBody(BodyMembers members) {
        this.members = members;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers */
    static FleetRequest read(InputStream body) {
        BodyMembers members =
                BodyMembers.create(body, "graphs", "objectives", "maxMoves", "strategy", "budgetSeconds", WHAT_IF);
        FleetBody reader = new FleetBody(members);
        Set<GraphId> graphs = reader.graphs();
        Map<String, Double> objectives = reader.objectives();
        OptionalInt maxMoves = reader.number("maxMoves", 0, MOST_MOVES);
        Optional<String> strategy = members.text("strategy");
        OptionalInt seconds = reader.number("budgetSeconds", 1, MOST_SECONDS);
        Optional<WhatIf> whatIf = members.member(WHAT_IF).flatMap(given -> new WhatIfBody(members).read(given));
        members.refuse();
        return new FleetRequest(graphs, objectives, maxMoves, strategy, seconds, whatIf);
    }

    private OptionalInt number(String name, int least, int most) {
        return members.member(name).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(members.number(name, least, most, least));
    }

    private Set<GraphId> graphs() {
        Set<GraphId> graphs = new HashSet<>();
        members.member("graphs").ifPresent(list -> {
            if (!list.isArray() || list.isEmpty() || list.size() > MOST_GRAPHS) {
                members.wrong(
                        "/graphs",
                        "expected a list of at most %d project/name; without it all graphs may move"
                                .formatted(MOST_GRAPHS));
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                String pointer = "/graphs/" + i;
                Optional.of(list.get(i))
                        .filter(FleetBody::isText)
                        .flatMap(graph -> QueryParameters.graph(graph.textValue()))
                        .ifPresentOrElse(graphs::add, () -> members.wrong(pointer, "expected project/name"));
            }
        });
        return graphs;
    }

    /** Returns whether it is a text of a length that is allowed. */
    static boolean isText(JsonNode node) {
        return node.isTextual() && InputLimits.fits(node.textValue());
    }

    private Map<String, Double> objectives() {
        Map<String, Double> objectives = new HashMap<>();
        members.member("objectives").ifPresent(weights -> {
            if (!weights.isObject() || weights.size() > InputLimits.OBJECTIVES) {
                members.wrong(
                        "/objectives", "expected an object of at most %d weights".formatted(InputLimits.OBJECTIVES));
                return;
            }
            weights.properties().forEach(entry -> {
                double weight = entry.getValue().asDouble();
                if (entry.getValue().isNumber() && weight >= 0 && Double.isFinite(weight)) {
                    objectives.put(entry.getKey(), weight);
                } else {
                    members.wrong(JsonPointers.child("/objectives", entry.getKey()), "expected a number, 0 or more");
                }
            });
        });
        return objectives;
    }
}
