// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.strategies.guard.BoundStrategyContext;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder.Binding;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls placement strategies with one problem and checks what they answer. */
final class PlacementCalls {
    private final GuardedCalls guardedCalls;
    private final PlacementRequest request;
    private final PlacementTerms terms;
    private final List<Refused> refusedForLevels = new ArrayList<>();

    PlacementCalls(GuardedCalls guardedCalls, PlacementRequest request, PlacementTerms terms) {
        this.guardedCalls = guardedCalls;
        this.request = request;
        this.terms = terms;
    }

    /** @param workUnits work budget, in a replay */
    record PlacementTerms(Instant at, long seed, OptionalLong workUnits, long budgetMillis) {}

    /** A strategy that was not called, only because it knows no more than one level of costs. */
    record Refused(RegisteredService offer, EffectiveSelection selection) {}

    List<Refused> refusedForLevels() {
        return refusedForLevels;
    }

    GuardedResult<PlacementResult> call(RegisteredService registeredService, EffectiveSelection selection) {
        if (request.services().stream().anyMatch(PlacementService::isDivided)
                && !can(registeredService, PlacementStrategy.SPLITS)) {
            return incapable("cannot split replicas over clusters");
        }
        if (request.costs().size() > 1 && !can(registeredService, PlacementStrategy.LEVELS)) {
            refusedForLevels.add(new Refused(registeredService, selection));
            return incapable(
                    "knows one level of costs, there are " + request.costs().size());
        }
        return called(registeredService, selection, request);
    }

    GuardedResult<PlacementResult> callWithFirstLevel(
            RegisteredService registeredService, EffectiveSelection selection) {
        return called(
                registeredService, selection, request.withCosts(request.costs().subList(0, 1)));
    }

    private GuardedResult<PlacementResult> called(
            RegisteredService registeredService, EffectiveSelection selection, PlacementRequest problem) {
        Binding binding = registeredService.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return incapable("rejects its parameters: " + binding.violations());
        }
        GuardedResult<PlacementResult> guardedResult =
                guardedCalls.call(registeredService, terms.budgetMillis(), deadline -> registeredService
                        .service(PlacementStrategy.class)
                        .place(
                                problem,
                                new BoundStrategyContext(
                                        terms.at(), terms.seed(), deadline, terms.workUnits(), parameters.get())));
        if (guardedResult instanceof GuardedResult.Answered<PlacementResult> answered) {
            Optional<String> flaw = PlacementCheck.flaw(problem, answered.answer());
            return flaw.isPresent() ? failed("invalid_answer", flaw.get()) : guardedResult;
        }
        return guardedResult;
    }

    private static boolean can(RegisteredService registeredService, String capability) {
        return registeredService.description().capabilities().contains(capability);
    }

    private static GuardedResult<PlacementResult> incapable(String message) {
        return failed("incapable", message);
    }

    private static GuardedResult<PlacementResult> failed(String what, String message) {
        return new GuardedResult.Faulted<>(what, message, Optional.empty());
    }
}
