// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The phase of a graph as its events tell it: what was asked for begins with its acceptance. */
final class PublishedPhases {

    private static final String ACCEPTED = "hdag.accepted";

    private static final Map<String, GraphPhase> BEGUN = Map.of(
            "deploy", GraphPhase.DEPLOYING,
            "start", GraphPhase.DEPLOYING,
            "update", GraphPhase.UPDATING,
            "rollback", GraphPhase.UPDATING,
            "place", GraphPhase.UPDATING,
            "stop", GraphPhase.STOPPING,
            "remove", GraphPhase.REMOVING);

    /** Types of events that tell a phase. */
    static final Set<String> TYPES = Set.of(
            ACCEPTED,
            "hdag.deployed",
            "hdag.updated",
            "hdag.started",
            "hdag.stopped",
            "hdag.placed",
            "hdag.degraded",
            "hdag.recovered",
            "hdag.failed",
            "hdag.rolled_back");

    private PublishedPhases() {}

    static Optional<GraphPhase> phase(StoredEvent event) {
        return event.type().equals(ACCEPTED)
                ? word(event, "kind").map(BEGUN::get)
                : word(event, "phase").flatMap(PublishedPhases::phase);
    }

    private static Optional<GraphPhase> phase(String word) {
        return Arrays.stream(GraphPhase.values())
                .filter(phase -> phase.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static Optional<String> word(StoredEvent event, String member) {
        return event.data().get(member).flatMap(JsonValue::asString);
    }
}
