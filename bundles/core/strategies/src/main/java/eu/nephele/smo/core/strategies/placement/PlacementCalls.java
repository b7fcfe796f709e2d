// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrial;
import eu.nephele.smo.core.strategies.guard.BoundStrategyContext;
import eu.nephele.smo.core.strategies.guard.FaultLog;
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
    private static final String INVALID_ANSWER = "invalid_answer";

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
        Optional<String> lacking = lacking(registeredService);
        if (lacking.isPresent()) {
            return incapable(lacking.get());
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

    /**
     * Asks for several problems in one guarded call, which costs more than a small problem does.
     *
     * @param turn which problems, and for how long; has the answers of those that were answered, whatever becomes of the call
     */
    GuardedResult<Integer> callEach(
            RegisteredService registeredService, EffectiveSelection selection, VariantTurn turn) {
        Optional<String> lacking = lacking(registeredService);
        if (lacking.isPresent()) {
            return incapable(lacking.get());
        }
        Binding binding = registeredService.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return incapable("rejects its parameters: " + binding.violations());
        }
        int levels = can(registeredService, PlacementStrategy.LEVELS)
                ? request.costs().size()
                : Math.min(1, request.costs().size());
        List<Costs> costs = request.costs().subList(0, levels);
        GuardedResult<Integer> guardedResult = guardedCalls.call(
                registeredService,
                terms.budgetMillis(),
                whole -> turn.run(
                        whole,
                        (variant, deadline) ->
                                ask(registeredService, variant.withCosts(costs), deadline, parameters.get())));
        turn.check((variant, answer) -> {
            FaultLog faults = FaultLog.ofTrial();
            Optional<String> flaw = PlacementCheck.flaw(variant, answer);
            flaw.ifPresent(what -> faults.failed(registeredService, INVALID_ANSWER, what));
            return new VariantTrial(flaw.isPresent() ? Optional.empty() : Optional.of(answer), faults.faults());
        });
        return guardedResult;
    }

    private Optional<String> lacking(RegisteredService registeredService) {
        return request.services().stream().anyMatch(PlacementService::isDivided)
                        && !can(registeredService, PlacementStrategy.SPLITS)
                ? Optional.of("cannot split replicas over clusters")
                : Optional.empty();
    }

    private GuardedResult<PlacementResult> called(
            RegisteredService registeredService, EffectiveSelection selection, PlacementRequest problem) {
        Binding binding = registeredService.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return incapable("rejects its parameters: " + binding.violations());
        }
        return checked(
                problem,
                guardedCalls.call(
                        registeredService,
                        terms.budgetMillis(),
                        deadline -> ask(registeredService, problem, deadline, parameters.get())));
    }

    private PlacementResult ask(
            RegisteredService registeredService, PlacementRequest problem, Deadline deadline, Record parameters) {
        return registeredService
                .service(PlacementStrategy.class)
                .place(
                        problem,
                        new BoundStrategyContext(terms.at(), terms.seed(), deadline, terms.workUnits(), parameters));
    }

    private static GuardedResult<PlacementResult> checked(
            PlacementRequest problem, GuardedResult<PlacementResult> guardedResult) {
        if (guardedResult instanceof GuardedResult.Answered<PlacementResult> answered) {
            Optional<String> flaw = PlacementCheck.flaw(problem, answered.answer());
            return flaw.isPresent() ? failed(INVALID_ANSWER, flaw.get()) : guardedResult;
        }
        return guardedResult;
    }

    private static boolean can(RegisteredService registeredService, String capability) {
        return registeredService.description().capabilities().contains(capability);
    }

    private static <R> GuardedResult<R> incapable(String message) {
        return failed("incapable", message);
    }

    private static <R> GuardedResult<R> failed(String what, String message) {
        return new GuardedResult.Faulted<>(what, message, Optional.empty());
    }
}
