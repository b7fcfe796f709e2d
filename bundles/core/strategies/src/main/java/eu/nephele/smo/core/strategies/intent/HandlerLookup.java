// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.StrategyGuard;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the handlers for one translation: each name once. */
final class HandlerLookup {
    private final DecisionDependencies decisionDependencies;
    private final Map<String, Optional<RegisteredService>> chosen = new HashMap<>();

    HandlerLookup(DecisionDependencies decisionDependencies) {
        this.decisionDependencies = decisionDependencies;
    }

    /** @throws SmoException {@code UNAVAILABLE} when it is missing and must not be */
    Optional<RegisteredService> find(Intent intent, FaultLog faults) {
        Scope scope = intent.service().isPresent() ? Scope.SERVICE : Scope.GRAPH;
        boolean needed = isNeeded(intent);
        Optional<RegisteredService> found = chosen.computeIfAbsent(
                        intent.name(), name -> needed ? await(name) : find(name))
                .filter(registeredService ->
                        registeredService.description().schemas().containsKey(scope));
        if (found.isEmpty() && needed) {
            faults.missing(ServiceKind.INTENT, intent.name(), "no handler");
            throw unavailable(intent, whyMissing(intent.name()));
        }
        return found;
    }

    private boolean isNeeded(Intent intent) {
        return UnhandledIntents.isHard(intent.name())
                || (decisionDependencies.registry().knew(ServiceKind.INTENT, intent.name())
                        && !UnhandledIntents.isWish(intent.name())
                        && UnhandledIntents.asks(intent.name(), intent.value()));
    }

    private String whyMissing(String name) {
        return decisionDependencies.registry().unused(ServiceKind.INTENT, name, Optional.empty()).stream()
                .filter(registeredService -> registeredService.state() == State.EJECTED)
                .findFirst()
                .map(registeredService ->
                        "its handler %s was ejected: %s".formatted(registeredService.who(), registeredService.why()))
                .orElse("its handler is not available now");
    }

    private Optional<RegisteredService> find(String name) {
        return decisionDependencies.registry().find(ServiceKind.INTENT, name, Optional.empty());
    }

    private Optional<RegisteredService> await(String name) {
        try {
            Duration most =
                    Duration.ofMillis(decisionDependencies.settings().get().missingWaitMillis());
            return decisionDependencies.registry().await(ServiceKind.INTENT, name, Optional.empty(), most);
        } catch (InterruptedException e) {
            throw StrategyGuard.interrupted(e);
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
