// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Guard;
import eu.nephele.smo.core.strategies.placement.ObjectivePricer;
import eu.nephele.smo.core.strategies.placement.PlacementTrials;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.scaling.ScalingTrials;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calls exactly the version that is asked for, guarded, in a lane of its own. */
@Component(service = DecisionTrials.class)
public final class GuardedTrials implements DecisionTrials {
    private final StrategyRegistry registry;
    private final Guard guard;
    private final PlacementTrials placement;
    private final ScalingTrials scaling;

    @Activate
    public GuardedTrials(
            @Reference StrategyRegistry registry, @Reference Guard guard, @Reference ObjectivePricer pricer) {
        this.registry = registry;
        this.guard = guard;
        this.placement = new PlacementTrials(guard.trials(), pricer);
        this.scaling = new ScalingTrials(guard.trials());
    }

    @Override
    public PlacementTrial place(PlacementRequest request, Terms terms) {
        FaultLog faults = FaultLog.ofTrial();
        return placement.run(request, terms, faults, call -> ask(ServiceKind.PLACEMENT, terms, faults, call));
    }

    @Override
    public ScalingTrial scale(ScalingRequest request, Terms terms) {
        FaultLog faults = FaultLog.ofTrial();
        return scaling.run(request, terms, faults, call -> ask(ServiceKind.SCALING, terms, faults, call));
    }

    @Override
    public boolean crowded() {
        return guard.crowded();
    }

    private <R> Optional<R> ask(
            ServiceKind kind, Terms terms, FaultLog faults, BiFunction<Offer, EffectiveSelection, Attempt<R>> call) {
        StrategyRef ref = terms.strategy();
        EffectiveSelection selection =
                new EffectiveSelection(ref.id(), Optional.empty(), terms.parameters(), List.of());
        Optional<Offer> offer = find(kind, terms);
        while (offer.isPresent()) {
            Attempt<R> attempt = call.apply(offer.get(), selection);
            if (attempt instanceof Attempt.Answered<R> answered) {
                return Optional.of(answered.answer());
            } else if (attempt instanceof Attempt.Failed<R> failed) {
                faults.failed(offer.get(), failed);
                return Optional.empty();
            }
            // it left between look-up and call; the same version may be there again
            offer = find(kind, terms);
        }
        Optional<Offer> ejected = registry.all(ref).stream().findFirst();
        ejected.ifPresentOrElse(
                faults::ejected,
                () -> faults.missing(kind, ref.id(), "version %s is not installed".formatted(ref.version())));
        return Optional.empty();
    }

    private Optional<Offer> find(ServiceKind kind, Terms terms) {
        List<Offer> there = registry.all(terms.strategy()).stream()
                .filter(offer -> offer.description().kind() == kind)
                .filter(offer -> offer.state() != State.EJECTED || (terms.alsoEjected() && !offer.isDangerous()))
                .toList();
        return there.stream()
                .filter(offer -> offer.state() == State.USED)
                .findFirst()
                .or(() -> there.stream().findFirst());
    }
}
