// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.guard.StrategyGuard;
import eu.nephele.smo.core.strategies.placement.ObjectivePricer;
import eu.nephele.smo.core.strategies.placement.PlacementTrials;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.scaling.ScalingTrials;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calls exactly the requested version, guarded, in a lane of its own. */
@Component(service = DecisionTrials.class)
public final class GuardedTrials implements DecisionTrials {
    private final StrategyRegistry registry;
    private final StrategyGuard guard;
    private final PlacementTrials placement;
    private final ScalingTrials scaling;

    @Activate
    public GuardedTrials(
            @Reference StrategyRegistry registry,
            @Reference StrategyGuard guard,
            @Reference ObjectivePricer pricer,
            @Reference SettingsSource settings) {
        this.registry = registry;
        this.guard = guard;
        this.placement = new PlacementTrials(guard.trials(), pricer);
        this.scaling = new ScalingTrials(guard.trials(), registry, settings);
    }

    @Override
    public PlacementTrial place(PlacementRequest request, TrialSettings trialSettings) {
        FaultLog faults = FaultLog.ofTrial();
        return placement.run(
                request, trialSettings, faults, call -> ask(ServiceKind.PLACEMENT, trialSettings, faults, call));
    }

    @Override
    public VariantTrials placeVariants(
            PlacementRequest problem, List<PlacementRequest> variants, TrialSettings trialSettings) {
        return placement.runVariants(
                problem,
                variants,
                trialSettings,
                this::crowded,
                (faults, call) -> ask(ServiceKind.PLACEMENT, trialSettings, faults, call));
    }

    @Override
    public ScalingTrial scale(ScalingRequest request, TrialSettings trialSettings) {
        FaultLog faults = FaultLog.ofTrial();
        return scaling.run(
                request, trialSettings, faults, call -> ask(ServiceKind.SCALING, trialSettings, faults, call));
    }

    @Override
    public boolean crowded() {
        return guard.crowded();
    }

    private <R> Optional<R> ask(
            ServiceKind kind,
            TrialSettings trialSettings,
            FaultLog faults,
            BiFunction<RegisteredService, EffectiveSelection, GuardedResult<R>> call) {
        StrategyRef ref = trialSettings.strategy();
        EffectiveSelection selection =
                new EffectiveSelection(ref.id(), Optional.empty(), trialSettings.parameters(), List.of());
        Optional<RegisteredService> offer = find(kind, trialSettings);
        while (offer.isPresent()) {
            GuardedResult<R> guardedResult = call.apply(offer.get(), selection);
            if (guardedResult instanceof GuardedResult.Answered<R> answered) {
                return Optional.of(answered.answer());
            } else if (guardedResult instanceof GuardedResult.Faulted<R> faulted) {
                faults.failed(offer.get(), faulted);
                return Optional.empty();
            }
            // it was unregistered between look-up and call; the same version may be registered again
            offer = find(kind, trialSettings);
        }
        Optional<RegisteredService> ejected = registry.all(ref).stream().findFirst();
        ejected.ifPresentOrElse(
                faults::ejected,
                () -> faults.missing(kind, ref.id(), "version %s is not installed".formatted(ref.version())));
        return Optional.empty();
    }

    private Optional<RegisteredService> find(ServiceKind kind, TrialSettings trialSettings) {
        List<RegisteredService> there = registry.all(trialSettings.strategy()).stream()
                .filter(registeredService -> registeredService.description().kind() == kind)
                .filter(registeredService -> registeredService.state() != State.EJECTED
                        || (trialSettings.alsoEjected() && !registeredService.isDangerous()))
                .toList();
        return there.stream()
                .filter(registeredService -> registeredService.state() == State.USED)
                .findFirst()
                .or(() -> there.stream().findFirst());
    }
}
