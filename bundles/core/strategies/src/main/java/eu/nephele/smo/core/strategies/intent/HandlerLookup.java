// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.decision.DecisionRoom;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Guard;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the handlers for one translation: each name once. */
final class Handlers {
    private final DecisionRoom room;
    private final Map<String, Optional<Offer>> chosen = new HashMap<>();

    Handlers(DecisionRoom room) {
        this.room = room;
    }

    /** @throws SmoException {@code UNAVAILABLE} when it is missing and must not be */
    Optional<Offer> of(Intent intent, FaultLog faults) {
        Scope scope = intent.service().isPresent() ? Scope.SERVICE : Scope.GRAPH;
        boolean needed = isNeeded(intent.name());
        Optional<Offer> found = chosen.computeIfAbsent(intent.name(), name -> needed ? await(name) : find(name))
                .filter(offer -> offer.description().schemas().containsKey(scope));
        if (found.isEmpty() && needed) {
            faults.missing(ServiceKind.INTENT, intent.name(), "no handler");
            throw unavailable(intent, whyMissing(intent.name()));
        }
        return found;
    }

    private boolean isNeeded(String name) {
        return ReferenceIntents.isHard(name)
                || (room.registry().knew(ServiceKind.INTENT, name) && !ReferenceIntents.isWish(name));
    }

    private String whyMissing(String name) {
        return room.registry().unused(ServiceKind.INTENT, name, Optional.empty()).stream()
                .filter(offer -> offer.state() == State.EJECTED)
                .findFirst()
                .map(offer -> "its handler %s was ejected: %s".formatted(offer.who(), offer.why()))
                .orElse("its handler is not there now");
    }

    private Optional<Offer> find(String name) {
        return room.registry().find(ServiceKind.INTENT, name, Optional.empty());
    }

    private Optional<Offer> await(String name) {
        try {
            Duration most = Duration.ofMillis(room.settings().get().missingWaitMillis());
            return room.registry().await(ServiceKind.INTENT, name, Optional.empty(), most);
        } catch (InterruptedException e) {
            throw Guard.interrupted(e);
        }
    }

    static SmoException unavailable(Intent intent, String why) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The intent '%s' (%s) cannot be honoured: %s".formatted(intent.name(), intent.pointer(), why),
                Optional.of(Duration.ofSeconds(5)));
    }
}
