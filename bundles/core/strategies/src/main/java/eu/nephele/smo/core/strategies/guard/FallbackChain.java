// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Calls strategies from the requested one to the last resort until one gives a valid answer.
 *
 * @param missingWait how long to wait for the requested strategy, once, when it is not registered
 */
public record FallbackChain<R>(
        StrategyRegistry registry,
        ServiceKind kind,
        Duration missingWait,
        FaultLog faults,
        BiFunction<RegisteredService, EffectiveSelection, GuardedResult<R>> call) {

    /** @param fallback whether another strategy, or another version, than the requested one gave it */
    public record ChainResult<R>(RegisteredService offer, EffectiveSelection selection, R answer, boolean fallback) {}

    /** @param standIns fallbacks, best first; missing ones are not waited for */
    public Optional<ChainResult<R>> decide(EffectiveSelection wished, List<EffectiveSelection> standIns) {
        Optional<ChainResult<R>> decided = ofWished(wished);
        for (EffectiveSelection standIn : standIns) {
            if (decided.isEmpty()) {
                decided = ofStandIn(standIn);
            }
        }
        return decided;
    }

    private Optional<ChainResult<R>> ofWished(EffectiveSelection wished) {
        while (true) {
            Optional<RegisteredService> offer = await(wished);
            List<RegisteredService> passedOver = ejectedAbove(offer, wished);
            if (offer.isEmpty()) {
                missing(wished);
                return Optional.empty();
            }
            GuardedResult<R> guardedResult = call.apply(offer.get(), wished);
            if (guardedResult instanceof GuardedResult.Answered<R> answered) {
                passedOver.forEach(faults::ejected);
                return Optional.of(new ChainResult<>(offer.get(), wished, answered.answer(), !passedOver.isEmpty()));
            } else if (guardedResult instanceof GuardedResult.Faulted<R> faulted) {
                faults.failed(offer.get(), faulted);
                return ofPreviousVersion(offer.get(), wished);
            }
        }
    }

    private Optional<ChainResult<R>> ofPreviousVersion(RegisteredService failed, EffectiveSelection wished) {
        return registry.versions(kind, wished.id(), wished.range()).stream()
                .filter(registeredService -> registeredService
                                .description()
                                .version()
                                .compareTo(failed.description().version())
                        < 0)
                .findFirst()
                .flatMap(registeredService -> tried(registeredService, wished));
    }

    private Optional<ChainResult<R>> ofStandIn(EffectiveSelection standIn) {
        Optional<RegisteredService> offer = registry.find(kind, standIn.id(), standIn.range());
        if (offer.isEmpty()) {
            missing(standIn);
        }
        return offer.flatMap(there -> tried(there, standIn));
    }

    private Optional<ChainResult<R>> tried(RegisteredService registeredService, EffectiveSelection selection) {
        GuardedResult<R> guardedResult = call.apply(registeredService, selection);
        if (guardedResult instanceof GuardedResult.Faulted<R> faulted) {
            faults.failed(registeredService, faulted);
        } else if (guardedResult instanceof GuardedResult.Gone<R>) {
            // it was unregistered between look-up and call; another version may be registered already
            return registry.find(kind, selection.id(), selection.range()).flatMap(next -> tried(next, selection));
        }
        return guardedResult instanceof GuardedResult.Answered<R> answered
                ? Optional.of(new ChainResult<>(registeredService, selection, answered.answer(), true))
                : Optional.empty();
    }

    private Optional<RegisteredService> await(EffectiveSelection selection) {
        try {
            return registry.await(kind, selection.id(), selection.range(), missingWait);
        } catch (InterruptedException e) {
            throw StrategyGuard.interrupted(e);
        }
    }

    /** Ejected versions that would decide if they were not: above the one that does. */
    private List<RegisteredService> ejectedAbove(Optional<RegisteredService> used, EffectiveSelection selection) {
        return registry.unused(kind, selection.id(), selection.range()).stream()
                .filter(registeredService -> registeredService.state() == State.EJECTED)
                .filter(registeredService -> used.isEmpty()
                        || registeredService
                                        .description()
                                        .version()
                                        .compareTo(used.get().description().version())
                                > 0)
                .toList();
    }

    private void missing(EffectiveSelection selection) {
        List<RegisteredService> ejected = ejectedAbove(Optional.empty(), selection);
        if (ejected.isEmpty()) {
            faults.missing(kind, selection.id(), whyMissing(selection));
        }
        ejected.forEach(faults::ejected);
    }

    private String whyMissing(EffectiveSelection selection) {
        List<String> installed = registry.versions(kind, selection.id(), Optional.empty()).stream()
                .map(registeredService ->
                        registeredService.description().version().toString())
                .toList();
        String held = registry.unused(kind, selection.id(), selection.range()).isEmpty()
                ? "not installed"
                : "held back until its plugin is admitted";
        return installed.isEmpty()
                ? held
                : "no version within %s, installed: %s"
                        .formatted(selection.range().map(Object::toString).orElse("any"), installed);
    }
}
