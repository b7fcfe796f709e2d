// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import eu.nephele.smo.core.descriptor.schema.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class IntentRules {

    private static final String PRIVATE = "x-";

    private final List<InstalledIntent> installed;
    private final boolean rejectUnknown;
    private final ValidationFindings findings;

    IntentRules(List<InstalledIntent> installed, boolean rejectUnknown, ValidationFindings findings) {
        this.installed = installed;
        this.rejectUnknown = rejectUnknown;
        this.findings = findings;
    }

    void check(LenientFields graph, DescriptorServices services) {
        JsonObject wishes = graph.json("hdaGraphIntent");
        checkScope(
                Scope.GRAPH,
                wishes,
                DescriptorPointers.GRAPH_INTENTS,
                ReferenceIntents.OF_GRAPH,
                ReferenceIntents.NO_WISH_OF_GRAPH);
        checkOverallReplicas(new LenientFields(wishes).child("highAvailability"));
        services.forEach((index, service) -> {
            String place = DescriptorPointers.serviceIntents(index);
            checkScope(
                    Scope.SERVICE,
                    services.intent(index).object(),
                    place,
                    ReferenceIntents.OF_SERVICE,
                    ReferenceIntents.NO_WISH_OF_SERVICE);
            checkLatencyLimits(services.intent(index).child("network"), place + "/network/latencies");
        });
    }

    private void checkScope(Scope scope, JsonObject wishes, String place, Set<String> reference, Set<String> noWish) {
        Set<String> handled = handled(scope);
        List<String> candidates = new ArrayList<>(new TreeSet<>(handled));
        candidates.addAll(noWish);
        wishes.members().forEach((name, value) -> {
            boolean unhandled = !noWish.contains(name) && !handled.contains(name) && !name.startsWith(PRIVATE);
            if (unhandled && (!reference.contains(name) || ReferenceIntents.asksForSomething(name, value))) {
                unknown(scope, name, place, new TreeSet<>(handled), candidates);
            }
        });
    }

    private void unknown(Scope scope, String name, String place, Set<String> known, List<String> candidates) {
        String shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
        Scope other = scope == Scope.GRAPH ? Scope.SERVICE : Scope.GRAPH;
        String clause = "";
        if (handled(other).contains(name)) {
            clause = ", it belongs under `%s`".formatted(other == Scope.GRAPH ? "hdaGraphIntent" : "deployment.intent");
        } else if (!ReferenceIntents.HARD.contains(name)) {
            // a hard constraint is meant as it is written: location is no typing error for coLocation
            clause = Suggestion.clause(name, candidates);
        }
        String message = "no handler for intent `%s` is installed%s; known intents: %s"
                .formatted(shown, clause, Suggestion.list(known));
        if (rejectUnknown || ReferenceIntents.HARD.contains(name)) {
            findings.violation(place, message);
        } else {
            findings.warning(place + ": " + message);
        }
    }

    private void checkLatencyLimits(LenientFields network, String place) {
        Set<String> handled = handled(Scope.SERVICE);
        if (handled.contains("network") || handled.contains("latencies")) {
            return;
        }
        List<LenientFields> latencies = network.children("latencies");
        for (int i = 0; i < latencies.size(); i++) {
            if (latencies.get(i).has("maxMillis")) {
                findings.violation(
                        place + "/" + i + "/maxMillis",
                        "no handler for limits of latency is installed; known intents: "
                                + Suggestion.list(new TreeSet<>(handled)));
            }
        }
    }

    private void checkOverallReplicas(LenientFields availability) {
        OptionalInt min = availability.integer("minReplicasOverall");
        OptionalInt max = availability.integer("maxReplicasOverall");
        String pointer = DescriptorPointers.GRAPH_INTENTS + "/highAvailability/maxReplicasOverall";
        if (min.isPresent() && max.isPresent() && max.getAsInt() < min.getAsInt() && findings.cleanAt(pointer)) {
            findings.violation(
                    pointer, "%d is less than minReplicasOverall %d".formatted(max.getAsInt(), min.getAsInt()));
        }
    }

    private Set<String> handled(Scope scope) {
        return installed.stream()
                .filter(intent -> intent.schemas().containsKey(scope))
                .map(InstalledIntent::name)
                .collect(Collectors.toSet());
    }
}
