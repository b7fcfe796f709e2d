// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets one strategy decide a problem for comparison: nothing of it is applied, it has no fallback, and its faults count
 * for the trial only, unless it takes memory or threads of the whole process. Guarded as live decisions are; live
 * decisions go first.
 */
public interface DecisionTrials {

    PlacementTrial place(PlacementRequest request, TrialSettings trialSettings);

    /**
     * Decides variants of one problem, one after the other, with the costs that the problem itself has: it is priced once, and where costs
     * are put on a scale, that is the same for all. Ends early where live decisions wait.
     *
     * @param problem the problem that they vary: the same services and clusters
     * @param trialSettings its budget is for all of them together; each that is left gets an equal part of what is left of it
     */
    VariantTrials placeVariants(PlacementRequest problem, List<PlacementRequest> variants, TrialSettings trialSettings);

    ScalingTrial scale(ScalingRequest request, TrialSettings trialSettings);

    /** Returns whether live decisions wait for a thread now. */
    boolean crowded();

    /**
     * @param strategy the strategy that decides; also one that the gate holds back
     * @param weights objective weights; ignored for scaling
     * @param at the present time for the strategy
     * @param workUnits work budget instead of the clock, where the strategy knows one
     * @param alsoEjected whether an ejected strategy is called, too: its answer is of interest where nothing depends on
     *     it. One that was ejected because it took memory or threads of the whole process is not called even then
     */
    record TrialSettings(
            StrategyRef strategy,
            JsonObject parameters,
            Map<String, ObjectiveWeight> weights,
            long seed,
            Instant at,
            OptionalLong workUnits,
            long budgetMillis,
            boolean alsoEjected) {

        public TrialSettings {
            weights = Map.copyOf(weights);
        }

        /** For one that is not ejected. */
        public TrialSettings(
                StrategyRef strategy,
                JsonObject parameters,
                Map<String, ObjectiveWeight> weights,
                long seed,
                Instant at,
                OptionalLong workUnits,
                long budgetMillis) {
            this(strategy, parameters, weights, seed, at, workUnits, budgetMillis, false);
        }
    }

    /**
     * @param result the answer; empty when there is none that holds
     * @param faults why there is none, and objectives that were left out
     * @param terms what each objective contributes to the placement
     */
    record PlacementTrial(
            Optional<PlacementResult> result,
            List<StrategyFault> faults,
            List<ObjectiveTerm> terms,
            Duration duration) {

        public PlacementTrial {
            faults = List.copyOf(faults);
            terms = List.copyOf(terms);
        }
    }

    /**
     * @param trials of the first variants; those that are missing were not looked at
     * @param gaveWay whether they are missing because live decisions wait, and not because the time was over
     */
    record VariantTrials(List<VariantTrial> trials, boolean gaveWay) {

        public VariantTrials {
            trials = List.copyOf(trials);
        }
    }

    /**
     * @param result the answer; empty when there is none that holds
     * @param faults why there is none
     */
    record VariantTrial(Optional<PlacementResult> result, List<StrategyFault> faults) {

        public VariantTrial {
            faults = List.copyOf(faults);
        }
    }

    record ScalingTrial(Optional<ScalingResult> result, List<StrategyFault> faults, Duration duration) {

        public ScalingTrial {
            faults = List.copyOf(faults);
        }
    }
}
