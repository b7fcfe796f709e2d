// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Goes from the wished strategy to the last resort until one gives an answer that holds.
 *
 * @param kind placement or scaling
 * @param missingWait how long to wait for the wished strategy, once, when it is not there
 * @param call calls a strategy and checks its answer
 */
public record FallbackChain<R>(
        StrategyRegistry registry,
        ServiceKind kind,
        Duration missingWait,
        FaultLog faults,
        BiFunction<Offer, EffectiveSelection, Attempt<R>> call) {

    /**
     * An answer that holds.
     *
     * @param fallback whether another strategy, or another version, than the wished one gave it
     */
    public record Decided<R>(Offer offer, EffectiveSelection selection, R answer, boolean fallback) {}

    /**
     * @param wished the strategy that is effective
     * @param standIns those that decide in its place, best first; nobody waits for them
     */
    public Optional<Decided<R>> decide(EffectiveSelection wished, List<EffectiveSelection> standIns) {
        Optional<Decided<R>> decided = ofWished(wished);
        for (EffectiveSelection standIn : standIns) {
            if (decided.isEmpty()) {
                decided = ofStandIn(standIn);
            }
        }
        return decided;
    }

    private Optional<Decided<R>> ofWished(EffectiveSelection wished) {
        while (true) {
            Optional<Offer> offer = await(wished);
            List<Offer> passedOver = ejectedAbove(offer, wished);
            if (offer.isEmpty()) {
                missing(wished);
                return Optional.empty();
            }
            Attempt<R> attempt = call.apply(offer.get(), wished);
            if (attempt instanceof Attempt.Answered<R> answered) {
                passedOver.forEach(faults::ejected);
                return Optional.of(new Decided<>(offer.get(), wished, answered.answer(), !passedOver.isEmpty()));
            } else if (attempt instanceof Attempt.Failed<R> failed) {
                faults.failed(offer.get(), failed);
                return ofPreviousVersion(offer.get(), wished);
            }
        }
    }

    private Optional<Decided<R>> ofPreviousVersion(Offer failed, EffectiveSelection wished) {
        return registry.versions(kind, wished.id(), wished.range()).stream()
                .filter(offer -> offer.description()
                                .version()
                                .compareTo(failed.description().version())
                        < 0)
                .findFirst()
                .flatMap(offer -> tried(offer, wished));
    }

    private Optional<Decided<R>> ofStandIn(EffectiveSelection standIn) {
        Optional<Offer> offer = registry.find(kind, standIn.id(), standIn.range());
        if (offer.isEmpty()) {
            missing(standIn);
        }
        return offer.flatMap(there -> tried(there, standIn));
    }

    private Optional<Decided<R>> tried(Offer offer, EffectiveSelection selection) {
        Attempt<R> attempt = call.apply(offer, selection);
        if (attempt instanceof Attempt.Failed<R> failed) {
            faults.failed(offer, failed);
        } else if (attempt instanceof Attempt.Gone<R>) {
            // it left between look-up and call; another version may be there already
            return registry.find(kind, selection.id(), selection.range()).flatMap(next -> tried(next, selection));
        }
        return attempt instanceof Attempt.Answered<R> answered
                ? Optional.of(new Decided<>(offer, selection, answered.answer(), true))
                : Optional.empty();
    }

    private Optional<Offer> await(EffectiveSelection selection) {
        try {
            return registry.await(kind, selection.id(), selection.range(), missingWait);
        } catch (InterruptedException e) {
            throw Guard.interrupted(e);
        }
    }

    /** Ejected versions that would decide if they were not: above the one that does. */
    private List<Offer> ejectedAbove(Optional<Offer> used, EffectiveSelection selection) {
        return registry.unused(kind, selection.id(), selection.range()).stream()
                .filter(offer -> offer.state() == State.EJECTED)
                .filter(offer -> used.isEmpty()
                        || offer.description()
                                        .version()
                                        .compareTo(used.get().description().version())
                                > 0)
                .toList();
    }

    private void missing(EffectiveSelection selection) {
        List<Offer> ejected = ejectedAbove(Optional.empty(), selection);
        if (ejected.isEmpty()) {
            faults.missing(kind, selection.id(), whyMissing(selection));
        }
        ejected.forEach(faults::ejected);
    }

    private String whyMissing(EffectiveSelection selection) {
        List<String> installed = registry.versions(kind, selection.id(), Optional.empty()).stream()
                .map(offer -> offer.description().version().toString())
                .toList();
        String held = registry.unused(kind, selection.id(), selection.range()).isEmpty()
                ? "not installed"
                : "held back until its plugin is let in";
        return installed.isEmpty()
                ? held
                : "no version within %s, installed: %s"
                        .formatted(selection.range().map(Object::toString).orElse("any"), installed);
    }
}
