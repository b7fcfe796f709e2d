// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.fleet.FleetRequest.AddedCluster;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how a hypothetical world differs from the present one. */
final class WhatIfBody {

    private static final double MOST_DEMAND = 1_000;
    private static final int MOST_CLUSTERS = 100;
    private static final int MOST_LOST = 10_000;
    private static final int MOST_LABELS = 1_000;
    private static final String POINTER = "/whatIf";
    private static final String CLUSTERS = POINTER + "/clusters";
    private static final String ADD = POINTER + "/add";

    private final BodyMembers members;

    WhatIfBody(BodyMembers members) {
        this.members = members;
    }

    /** Mistakes are left with the members; empty when nothing of it can be read. */
    Optional<WhatIf> read(JsonNode given) {
        if (!(given instanceof ObjectNode object)) {
            members.wrong(POINTER, "expected an object");
            return Optional.empty();
        }
        BodyMembers.refuseUnknown(object, Set.of("clusters", "demand", "add"), POINTER, members.violations());
        return Optional.of(
                new WhatIf(lost(given.path("clusters")), demand(given.path("demand")), added(given.path("add"))));
    }

    private double demand(JsonNode given) {
        if (given.isMissingNode()) {
            return 1;
        }
        double demand = given.isNumber() ? given.doubleValue() : 0;
        if (!(demand > 0 && demand <= MOST_DEMAND)) {
            members.wrong(POINTER + "/demand", "expected a number above 0, at most 1000");
            return 1;
        }
        return demand;
    }

    private Set<String> lost(JsonNode clusters) {
        Set<String> lost = new HashSet<>();
        if (isObject(clusters, CLUSTERS, MOST_LOST, "names of clusters, each as \"lost\"")) {
            clusters.properties().forEach(entry -> {
                if (entry.getValue().isTextual() && entry.getValue().textValue().equals("lost")) {
                    lost.add(entry.getKey());
                } else {
                    members.wrong(JsonPointers.child(CLUSTERS, entry.getKey()), "expected \"lost\"");
                }
            });
        }
        return lost;
    }

    /** Returns whether there is something to read; a mistake, and what is missing, is not. */
    private boolean isObject(JsonNode given, String pointer, int most, String what) {
        boolean readable = given.isObject() && given.size() <= most;
        if (!readable && !given.isMissingNode()) {
            members.wrong(pointer, "expected an object of at most %d %s".formatted(most, what));
        }
        return readable;
    }

    private List<AddedCluster> added(JsonNode clusters) {
        List<AddedCluster> added = new ArrayList<>();
        if (!clusters.isMissingNode() && (!clusters.isArray() || clusters.size() > MOST_CLUSTERS)) {
            members.wrong(ADD, "expected a list of at most %d clusters".formatted(MOST_CLUSTERS));
            return added;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < clusters.size(); i++) {
            String pointer = ADD + "/" + i;
            added(clusters.get(i), pointer).ifPresent(cluster -> {
                if (!names.add(cluster.name())) {
                    members.wrong(pointer + "/name", "%s is added twice".formatted(cluster.name()));
                }
                added.add(cluster);
            });
        }
        return added;
    }

    private Optional<AddedCluster> added(JsonNode given, String pointer) {
        if (!(given instanceof ObjectNode object)) {
            members.wrong(pointer, "expected an object with name, cpuMillis and memoryBytes");
            return Optional.empty();
        }
        BodyMembers.refuseUnknown(
                object, Set.of("name", "cpuMillis", "memoryBytes", "labels"), pointer, members.violations());
        JsonNode name = given.path("name");
        boolean named = FleetBody.isText(name)
                && !name.textValue().isBlank()
                && !name.textValue().contains("/");
        if (!named) {
            members.wrong(pointer + "/name", "expected a text without /");
        }
        Resources offered = new Resources(
                amount(given.path("cpuMillis"), pointer + "/cpuMillis"),
                amount(given.path("memoryBytes"), pointer + "/memoryBytes"),
                Resources.UNLIMITED,
                0);
        Map<String, String> labels = labels(given.path("labels"), pointer + "/labels");
        return named ? Optional.of(new AddedCluster(name.textValue(), offered, labels)) : Optional.empty();
    }

    private long amount(JsonNode given, String pointer) {
        if (given.isIntegralNumber() && given.canConvertToLong() && given.longValue() >= 0) {
            return given.longValue();
        }
        members.wrong(pointer, "expected a whole number, 0 or more");
        return 0;
    }

    private Map<String, String> labels(JsonNode given, String pointer) {
        Map<String, String> labels = new HashMap<>();
        if (isObject(given, pointer, MOST_LABELS, "texts")) {
            given.properties().forEach(entry -> {
                if (FleetBody.isText(entry.getValue())) {
                    labels.put(entry.getKey(), entry.getValue().textValue());
                } else {
                    members.wrong(JsonPointers.child(pointer, entry.getKey()), "expected a text");
                }
            });
        }
        return labels;
    }
}
