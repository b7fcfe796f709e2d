// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Lets one strategy decide a problem for one weight. */
final class SweepRun {

    private final DecisionTrials trials;
    private final WeightedProblem problem;
    private final RecordedPlacement recorded;
    private final SubstituteStrategy strategy;

    SweepRun(DecisionTrials trials, WeightedProblem problem, RecordedPlacement recorded, SubstituteStrategy strategy) {
        this.trials = trials;
        this.problem = problem;
        this.recorded = recorded;
        this.strategy = strategy;
    }

    SweepPoint point(double weight, long budgetMillis) {
        PlacementTrial trial = trials.place(
                problem.request(),
                new TrialSettings(
                        strategy.strategy(),
                        strategy.parametersAfter(recorded.strategy(), recorded.parameters()),
                        problem.weights(weight),
                        recorded.seed(),
                        recorded.at(),
                        OptionalLong.empty(),
                        budgetMillis,
                        true));
        Optional<Placement> placement = trial.result()
                .flatMap(
                        result -> result instanceof Placed placed ? Optional.of(placed.placement()) : Optional.empty());
        if (placement.isEmpty()) {
            String why =
                    trial.result().isPresent() ? "no placement is possible" : PlacementReplay.faults(trial.faults());
            return new SweepPoint(weight, placement, why, Map.of(), new TreeMap<>(), List.of());
        }
        Map<String, Double> terms = problem.terms(placement.get());
        return new SweepPoint(
                weight, placement, "", terms, problem.costs(terms, weight), moved(before(), placement.get()));
    }

    /** Where the decision put the services; where they were, if it put them nowhere. */
    private Placement before() {
        return recorded.placement().orElseGet(this::present);
    }

    private Placement present() {
        Map<String, List<Placement.Share>> shares = new TreeMap<>();
        for (int s = 0; s < problem.request().services().size(); s++) {
            PlacementService service = problem.request().services().get(s);
            problem.request()
                    .current(s)
                    .ifPresent(at -> shares.put(
                            service.id(),
                            List.of(new Placement.Share(
                                    problem.request().clusters().get(at).id(), service.replicas()))));
        }
        return new Placement(shares);
    }

    /** Services of both placements that are on other clusters in the second one. */
    static List<String> moved(Placement before, Placement after) {
        return after.shares().keySet().stream()
                .filter(service -> !before.of(service).isEmpty())
                .filter(service -> !clusters(before, service).equals(clusters(after, service)))
                .sorted()
                .toList();
    }

    private static Set<ClusterId> clusters(Placement placement, String service) {
        return new HashSet<>(placement.clustersOf(service));
    }
}
