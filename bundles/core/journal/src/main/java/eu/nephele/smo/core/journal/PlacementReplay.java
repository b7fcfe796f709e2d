// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.ReplayResult.NotReplayed;
import eu.nephele.smo.core.journal.ReplayResult.ObjectiveComparison;
import eu.nephele.smo.core.journal.ReplayResult.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

final class PlacementReplay {

    /** Longer than a decision may take live: what ended by the clock then ends by its work budget now. */
    static final long ORIGINAL_BUDGET_MILLIS = 10_000;
    /** As long as a live decision has. */
    static final long OTHER_BUDGET_MILLIS = 1_000;

    private final DecisionTrials trials;
    private final ObjectivePricing pricing;
    private final ObjectiveVersions objectives;

    PlacementReplay(DecisionTrials trials, ObjectivePricing pricing, ObjectiveVersions objectives) {
        this.trials = trials;
        this.pricing = pricing;
        this.objectives = objectives;
    }

    ReplayResult replay(DecisionRecord decision, Optional<SubstituteStrategy> instead) {
        Optional<JsonObject> inputs = decision.inputs().map(Snapshot::whole);
        if (inputs.isEmpty()) {
            return new NotReplayed("its inputs were not kept");
        }
        PlacementRequest request = PlacementSnapshotJson.request(inputs.get());
        if (request.services().isEmpty()
                || request.clusters().isEmpty()
                || decision.strategy().id().equals("none")) {
            return new NotReplayed("no strategy decided it");
        }
        RecordedPlacement recorded = RecordedPlacement.from(decision);
        Optional<String> obstacle = objectives.obstacle(recorded.terms());
        if (obstacle.isPresent()) {
            return new NotReplayed(obstacle.get());
        }
        return instead.map(other -> compared(request, recorded, other)).orElseGet(() -> repeated(request, recorded));
    }

    private ReplayResult repeated(PlacementRequest request, RecordedPlacement recorded) {
        PlacementTrial trial = original(request, recorded);
        if (trial.result().isEmpty()) {
            return MissingStrategyClassifier.skipped(recorded.strategy(), trial.faults())
                    .orElseGet(() -> new Replayed(false, text(recorded), faults(trial.faults()), List.of()));
        }
        PlacementResult result = trial.result().get();
        List<ObjectiveTerm> terms =
                result instanceof Placed placed ? priced(request, recorded.weights(), placed.placement()) : List.of();
        boolean same = sameAnswer(recorded, result) && sameTerms(recorded.terms(), terms);
        return new Replayed(
                same,
                text(recorded) + costs(recorded.terms()),
                text(result) + costs(terms),
                sums(recorded.terms(), terms));
    }

    private PlacementTrial original(PlacementRequest request, RecordedPlacement recorded) {
        PlacementTrial trial = trials.place(request, terms(recorded, recorded.weights()));
        return trial.result().isEmpty() && knowsOneLevelOnly(trial, recorded)
                ? trials.place(request, terms(recorded, firstLevel(recorded.weights())))
                : trial;
    }

    private ReplayResult compared(PlacementRequest request, RecordedPlacement recorded, SubstituteStrategy other) {
        PlacementTrial trial = trials.place(
                request,
                new TrialSettings(
                        other.strategy(),
                        other.parametersAfter(recorded.strategy(), recorded.parameters()),
                        recorded.weights(),
                        recorded.seed(),
                        recorded.at(),
                        OptionalLong.empty(),
                        OTHER_BUDGET_MILLIS,
                        true));
        if (trial.result().isEmpty()) {
            return MissingStrategyClassifier.skipped(other.strategy(), trial.faults())
                    .orElseGet(() -> new Replayed(false, text(recorded), faults(trial.faults()), List.of()));
        }
        PlacementResult result = trial.result().get();
        Map<String, ObjectiveWeight> all = everyObjective(recorded.weights());
        List<ObjectiveTerm> then = recorded.placement()
                .map(placement -> priced(request, all, placement))
                .orElse(List.of());
        List<ObjectiveTerm> now =
                result instanceof Placed placed ? priced(request, all, placed.placement()) : List.of();
        return new Replayed(sameMeaning(recorded, result), text(recorded), text(result), sums(then, now));
    }

    /** Objectives without weight in the decision may be of interest in another strategy, for example its carbon. */
    private Map<String, ObjectiveWeight> everyObjective(Map<String, ObjectiveWeight> weighed) {
        Map<String, ObjectiveWeight> all = new TreeMap<>();
        objectives.installed().keySet().forEach(objective -> all.put(objective, ObjectiveWeight.of(1)));
        all.putAll(weighed);
        return all;
    }

    private static TrialSettings terms(RecordedPlacement recorded, Map<String, ObjectiveWeight> weights) {
        return new TrialSettings(
                recorded.strategy(),
                recorded.parameters(),
                weights,
                recorded.seed(),
                recorded.at(),
                recorded.workUnits(),
                ORIGINAL_BUDGET_MILLIS,
                true);
    }

    /** Where no other strategy was available, such a strategy decided live by the most important level alone. */
    private static boolean knowsOneLevelOnly(PlacementTrial trial, RecordedPlacement recorded) {
        return trial.faults().stream().anyMatch(fault -> fault.what().equals("incapable"))
                && firstLevel(recorded.weights()).size() < recorded.weights().size();
    }

    private static Map<String, ObjectiveWeight> firstLevel(Map<String, ObjectiveWeight> weights) {
        OptionalInt first =
                weights.values().stream().mapToInt(ObjectiveWeight::level).min();
        Map<String, ObjectiveWeight> most = new TreeMap<>(weights);
        most.values().removeIf(weight -> weight.level() != first.orElse(0));
        return most;
    }

    private List<ObjectiveTerm> priced(
            PlacementRequest request, Map<String, ObjectiveWeight> weights, Placement placement) {
        PlacementCost cost = new PlacementCost(request, placement);
        return pricing.price(request, weights).stream()
                .map(objective -> ObjectiveTerm.of(objective, cost.compute(objective), ""))
                .toList();
    }

    /** Texts may have changed with a version of the program; services and clusters of the answer may not. */
    private static boolean sameAnswer(RecordedPlacement recorded, PlacementResult result) {
        return (result instanceof Infeasible infeasible && recorded.placement().isEmpty())
                ? about(recorded.reasons())
                        .equals(about(PlacementJson.reasons(PlacementJson.reasons(infeasible.reasons()))))
                : sameMeaning(recorded, result);
    }

    private static Map<String, Set<String>> about(Map<String, Map<String, String>> reasons) {
        Map<String, Set<String>> about = new TreeMap<>();
        reasons.forEach((service, byCluster) -> about.put(service, byCluster.keySet()));
        return about;
    }

    /** Two that find no room have the same answer. */
    private static boolean sameMeaning(RecordedPlacement recorded, PlacementResult result) {
        return result instanceof Placed placed
                ? recorded.placement().map(placed.placement()::equals).orElse(false)
                : recorded.placement().isEmpty();
    }

    private static boolean sameTerms(List<ObjectiveTerm> recorded, List<ObjectiveTerm> now) {
        if (recorded.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            boolean same = recorded.get(i).objective().equals(now.get(i).objective())
                    && Double.doubleToLongBits(recorded.get(i).value())
                            == Double.doubleToLongBits(now.get(i).value())
                    && recorded.get(i).range().equals(now.get(i).range());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static List<ObjectiveComparison> sums(List<ObjectiveTerm> recorded, List<ObjectiveTerm> now) {
        List<ObjectiveComparison> sums = new ArrayList<>();
        for (ObjectiveTerm then : recorded) {
            now.stream()
                    .filter(term -> term.objective().equals(then.objective()))
                    .forEach(term -> sums.add(
                            new ObjectiveComparison(then.objective(), then.unit(), then.value(), term.value())));
        }
        return sums;
    }

    private static String text(RecordedPlacement recorded) {
        return recorded.placement().map(PlacementJson::text).orElseGet(() -> "infeasible: " + recorded.reasons());
    }

    private static String text(PlacementResult result) {
        return result instanceof Placed placed
                ? PlacementJson.text(placed.placement())
                : "infeasible: " + PlacementJson.reasons(PlacementJson.reasons(((Infeasible) result).reasons()));
    }

    private static String costs(List<ObjectiveTerm> terms) {
        StringBuilder text = new StringBuilder();
        terms.forEach(
                term -> text.append("; ").append(term.objective()).append(' ').append(term.value()));
        return text.toString();
    }

    static String faults(List<StrategyFault> faults) {
        return faults.isEmpty()
                ? "no answer"
                : "no answer: " + faults.get(faults.size() - 1).message();
    }
}
