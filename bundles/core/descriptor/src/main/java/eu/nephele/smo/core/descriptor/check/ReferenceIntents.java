// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import java.util.Set;

/** The intents of the original format: without a handler they may stand in a descriptor as long as they ask for nothing. */
final class ReferenceIntents {

    static final Set<String> OF_GRAPH = Set.of("security", "highAvailability", "highPerformance", "energyEfficiency");
    static final Set<String> OF_SERVICE = Set.of("compute", "network", "coLocation");

    static final Set<String> NO_WISH_OF_GRAPH = Set.of("useStaticPlacement");

    static final Set<String> NO_WISH_OF_SERVICE = Set.of("connectionPoints", "metrics");

    /** Ours, each a hard constraint: silently leaving one out would break a promise. */
    static final Set<String> HARD = Set.of("location", "antiAffinity", "spread");

    private ReferenceIntents() {}

    /** Returns whether the value demands anything, so that a missing handler makes a difference. */
    static boolean asksForSomething(String name, JsonValue value) {
        LenientFields fields = new LenientFields(value.asObject().orElse(JsonObject.EMPTY));
        return switch (name) {
            case "compute" -> !fields.members().isEmpty();
            case "coLocation" ->
                value.asArray().filter(items -> !items.isEmpty()).isPresent();
            case "network" -> asksForNetwork(fields);
            case "highAvailability" ->
                fields.flag("enabled") || fields.has("minReplicasOverall") || fields.has("maxReplicasOverall");
            default -> fields.flag("enabled");
        };
    }

    private static boolean asksForNetwork(LenientFields network) {
        return network.child("deviceProximity").flag("enabled")
                || network.children("latencies").stream()
                        .anyMatch(latency ->
                                !latency.text("qos").orElse("best-effort").equals("best-effort"));
    }
}
