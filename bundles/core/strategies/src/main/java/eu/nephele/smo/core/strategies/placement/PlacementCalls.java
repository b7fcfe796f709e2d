// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.CallContext;
import eu.nephele.smo.core.strategies.guard.Lane;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder.Binding;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls placement strategies with one problem and checks what they answer. */
final class PlacementCalls {
    private final Lane lane;
    private final PlacementRequest request;
    private final Terms terms;
    private final List<Refused> refusedForLevels = new ArrayList<>();

    PlacementCalls(Lane lane, PlacementRequest request, Terms terms) {
        this.lane = lane;
        this.request = request;
        this.terms = terms;
    }

    /**
     * What every call of one decision is made with.
     *
     * @param at what the strategy takes for the present
     * @param workUnits work budget, in a replay
     */
    record Terms(Instant at, long seed, OptionalLong workUnits, long budgetMillis) {}

    /** A strategy that was not called, only because it knows no more than one level of costs. */
    record Refused(Offer offer, EffectiveSelection selection) {}

    List<Refused> refusedForLevels() {
        return refusedForLevels;
    }

    /** Calls a strategy that is up to the problem. */
    Attempt<PlacementResult> call(Offer offer, EffectiveSelection selection) {
        if (request.services().stream().anyMatch(service -> service.overClusters() > 1)
                && !can(offer, PlacementStrategy.SPLITS)) {
            return incapable("cannot split replicas over clusters");
        }
        if (request.costs().size() > 1 && !can(offer, PlacementStrategy.LEVELS)) {
            refusedForLevels.add(new Refused(offer, selection));
            return incapable(
                    "knows one level of costs, there are " + request.costs().size());
        }
        return called(offer, selection, request);
    }

    /** Calls a strategy that knows one level with the most important one. */
    Attempt<PlacementResult> callWithFirstLevel(Offer offer, EffectiveSelection selection) {
        return called(offer, selection, request.withCosts(request.costs().subList(0, 1)));
    }

    private Attempt<PlacementResult> called(Offer offer, EffectiveSelection selection, PlacementRequest problem) {
        Binding binding = offer.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return incapable("does not take its parameters: " + binding.violations());
        }
        Attempt<PlacementResult> attempt = lane.call(offer, terms.budgetMillis(), deadline -> offer.service(
                        PlacementStrategy.class)
                .place(
                        problem,
                        new CallContext(terms.at(), terms.seed(), deadline, terms.workUnits(), parameters.get())));
        if (attempt instanceof Attempt.Answered<PlacementResult> answered) {
            Optional<String> flaw = PlacementCheck.flaw(problem, answered.answer());
            return flaw.isPresent() ? failed("invalid_answer", flaw.get()) : attempt;
        }
        return attempt;
    }

    private static boolean can(Offer offer, String capability) {
        return offer.description().capabilities().contains(capability);
    }

    private static Attempt<PlacementResult> incapable(String message) {
        return failed("incapable", message);
    }

    private static Attempt<PlacementResult> failed(String what, String message) {
        return new Attempt.Failed<>(what, message, Optional.empty());
    }
}
