// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.AddedCluster;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a question about the fleet. Not thread-safe. */
final class FleetBody {

    private static final int MOST_MOVES = 1_000_000;
    private static final int MOST_SECONDS = 600;
    private static final double MOST_DEMAND = 1_000;
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
        Optional<WhatIf> whatIf = members.member(WHAT_IF).flatMap(reader::whatIf);
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
            if (!list.isArray()) {
                members.wrong("/graphs", "expected a list of project/name");
            }
            for (int i = 0; i < list.size(); i++) {
                String pointer = "/graphs/" + i;
                QueryParameters.graph(list.get(i).asText())
                        .ifPresentOrElse(graphs::add, () -> members.wrong(pointer, "expected project/name"));
            }
        });
        return graphs;
    }

    private Map<String, Double> objectives() {
        Map<String, Double> objectives = new HashMap<>();
        members.member("objectives").ifPresent(weights -> {
            if (!weights.isObject()) {
                members.wrong("/objectives", "expected an object of weights");
            }
            weights.properties().forEach(entry -> {
                double weight = entry.getValue().asDouble();
                if (entry.getValue().isNumber() && weight >= 0 && Double.isFinite(weight)) {
                    objectives.put(entry.getKey(), weight);
                } else {
                    members.wrong("/objectives/" + entry.getKey(), "expected a number, 0 or more");
                }
            });
        });
        return objectives;
    }

    private Optional<WhatIf> whatIf(JsonNode given) {
        if (!given.isObject()) {
            members.wrong("/" + WHAT_IF, "expected an object");
            return Optional.empty();
        }
        given.fieldNames().forEachRemaining(name -> {
            if (!Set.of("clusters", "demand", "add").contains(name)) {
                members.wrong("/%s/%s".formatted(WHAT_IF, name), "is unknown here");
            }
        });
        double demand = given.has("demand") ? given.get("demand").asDouble() : 1;
        if (!(demand > 0 && demand <= MOST_DEMAND)) {
            members.wrong("/whatIf/demand", "expected a number above 0, at most 1000");
            return Optional.empty();
        }
        return Optional.of(new WhatIf(lost(given.path("clusters")), demand, added(given.path("add"))));
    }

    private Set<String> lost(JsonNode clusters) {
        Set<String> lost = new HashSet<>();
        clusters.properties().forEach(entry -> {
            if (entry.getValue().asText().equals("lost")) {
                lost.add(entry.getKey());
            } else {
                members.wrong("/whatIf/clusters/" + entry.getKey(), "expected \"lost\"");
            }
        });
        return lost;
    }

    private List<AddedCluster> added(JsonNode clusters) {
        List<AddedCluster> added = new ArrayList<>();
        for (int i = 0; i < clusters.size(); i++) {
            JsonNode cluster = clusters.get(i);
            long cpu = cluster.path("cpuMillis").asLong(-1);
            long memory = cluster.path("memoryBytes").asLong(-1);
            String name = cluster.path("name").asText();
            if (name.isBlank() || name.contains("/") || cpu < 0 || memory < 0) {
                members.wrong("/whatIf/add/" + i, "expected name, cpuMillis and memoryBytes, each 0 or more");
            } else {
                Map<String, String> labels = new HashMap<>();
                cluster.path("labels")
                        .properties()
                        .forEach(entry ->
                                labels.put(entry.getKey(), entry.getValue().asText()));
                added.add(new AddedCluster(name, new Resources(cpu, memory, Resources.UNLIMITED, 0), labels));
            }
        }
        return added;
    }
}
