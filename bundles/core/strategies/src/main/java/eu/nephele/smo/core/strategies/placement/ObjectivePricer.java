// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.guard.StrategyGuard;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Calls each objective once per problem for its costs. An objective that fails, or returns an invalid cost, is left
 * out.
 */
@Component(service = {ObjectivePricing.class, ObjectivePricer.class})
public final class ObjectivePricer implements ObjectivePricing {
    private final StrategyRegistry registry;
    private final StrategyGuard guard;
    private final SettingsSource settings;

    @Activate
    public ObjectivePricer(
            @Reference StrategyRegistry registry, @Reference StrategyGuard guard, @Reference SettingsSource settings) {
        this.registry = registry;
        this.guard = guard;
        this.settings = settings;
    }

    /** For an explanation: failures do not count as faults. */
    @Override
    public List<Priced> price(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
        return List.copyOf(price(request, weights, new Asking(guard, this::find, FaultLog.ofTrial())));
    }

    @Override
    public PlacementRequest withCosts(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
        return pricedForTrial(request, weights, FaultLog.ofTrial()).request();
    }

    /** The problem with costs, and the tables they were made of. Objectives without weight are not called. */
    PricedProblem priced(PlacementRequest request, Map<String, ObjectiveWeight> weights, FaultLog faults) {
        return priced(request, weights, new Asking(guard, this::await, faults));
    }

    /** As {@link #priced}, for a trial. */
    PricedProblem pricedForTrial(PlacementRequest request, Map<String, ObjectiveWeight> weights, FaultLog faults) {
        return priced(request, weights, new Asking(guard.trials(), this::find, faults));
    }

    private record Asking(
            GuardedCalls guardedCalls, Function<String, Optional<RegisteredService>> finder, FaultLog faults) {}

    private PricedProblem priced(PlacementRequest request, Map<String, ObjectiveWeight> weights, Asking asking) {
        Map<String, ObjectiveWeight> counting = new TreeMap<>(weights);
        counting.values().removeIf(weight -> weight.weight() == 0);
        List<PricedObjective> priced = price(request, counting, asking);
        return new PricedProblem(
                request.withCosts(FixedPointCosts.perLevel(
                        request.services().size(), request.clusters().size(), priced)),
                priced);
    }

    private Optional<RegisteredService> find(String name) {
        return registry.find(ServiceKind.OBJECTIVE, name, Optional.empty());
    }

    /** One that is just being replaced is worth waiting for; one that never was there is not. */
    private Optional<RegisteredService> await(String name) {
        if (!registry.knew(ServiceKind.OBJECTIVE, name)) {
            return find(name);
        }
        try {
            Duration most = Duration.ofMillis(settings.get().missingWaitMillis());
            return registry.await(ServiceKind.OBJECTIVE, name, Optional.empty(), most);
        } catch (InterruptedException e) {
            throw StrategyGuard.interrupted(e);
        }
    }

    private List<PricedObjective> price(PlacementRequest request, Map<String, ObjectiveWeight> weights, Asking asking) {
        List<PricedObjective> priced = new ArrayList<>();
        double most = FixedPointCosts.MOST_UNITS / Math.max(1, weights.size());
        // by name, so that sums come out the same every time
        new TreeMap<>(weights).forEach((name, weight) -> price(request, name, weight, asking, most)
                .ifPresent(priced::add));
        return priced;
    }

    private Optional<PricedObjective> price(
            PlacementRequest request, String name, ObjectiveWeight weight, Asking asking, double most) {
        Optional<RegisteredService> found = asking.finder().apply(name);
        if (found.isEmpty()) {
            missing(name, asking.faults());
            return Optional.empty();
        }
        RegisteredService registeredService = found.get();
        GuardedResult<CostCells> guardedResult = asking.guardedCalls()
                .call(
                        registeredService,
                        settings.get().budgets().placementMillis(),
                        deadline -> filled(registeredService, request));
        if (guardedResult instanceof GuardedResult.Gone<CostCells>) {
            return price(request, name, weight, asking, most);
        } else if (guardedResult instanceof GuardedResult.Faulted<CostCells> faulted) {
            asking.faults().failed(registeredService, faulted);
            return Optional.empty();
        }
        Optional<PricedObjective> priced = checked(
                registeredService,
                ((GuardedResult.Answered<CostCells>) guardedResult).answer(),
                weight,
                request,
                asking.faults(),
                most);
        priced.ifPresent(used -> asking.faults().used(registeredService, 1));
        return priced;
    }

    private void missing(String name, FaultLog faults) {
        List<RegisteredService> ejected = registry.unused(ServiceKind.OBJECTIVE, name, Optional.empty()).stream()
                .filter(registeredService -> registeredService.state() == State.EJECTED)
                .toList();
        ejected.forEach(faults::ejected);
        if (ejected.isEmpty()) {
            faults.missing(ServiceKind.OBJECTIVE, name, "not installed; left out of the decision");
        }
    }

    private static CostCells filled(RegisteredService registeredService, PlacementRequest request) {
        CostCells cells =
                new CostCells(request.services().size(), request.clusters().size());
        registeredService.service(PlacementObjective.class).price(request, cells);
        return cells;
    }

    private static Optional<PricedObjective> checked(
            RegisteredService registeredService,
            CostCells cells,
            ObjectiveWeight weight,
            PlacementRequest request,
            FaultLog faults,
            double most) {
        Optional<String> flaw = cells.flaw();
        if (flaw.isPresent()) {
            faults.failed(registeredService, "invalid_cost", flaw.get());
            return Optional.empty();
        }
        PricedObjective priced = new PricedObjective(
                registeredService.description().id(),
                registeredService.description().unit(),
                registeredService.description().version().toString(),
                weight,
                request,
                cells);
        if (!(priced.weightedWorst() <= most)) {
            faults.failed(
                    registeredService,
                    "invalid_cost",
                    "costs up to %s, weighted; expected at most %s".formatted(priced.weightedWorst(), most));
            return Optional.empty();
        }
        return Optional.of(priced);
    }
}
