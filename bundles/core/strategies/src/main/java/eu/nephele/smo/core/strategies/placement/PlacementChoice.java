// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.selection.EffectiveWeights;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selected deciders of a placement.
 *
 * @param standIns its fallbacks, best first
 */
record PlacementChoice(EffectiveSelection wished, List<EffectiveSelection> standIns) {
    static PlacementChoice create(
            DecisionReason reason, List<SourcedSelection> levels, EffectiveWeights weights, StrategySettings settings) {
        boolean initial = reason == DecisionReason.DEPLOY || reason == DecisionReason.START;
        String configured = initial ? settings.initialPlacement() : settings.replacement();
        Optional<SourcedSelection> wish = EffectiveSelection.wishOf(levels);
        EffectiveSelection wished = wish.flatMap(level ->
                        level.selection().id().map(id -> EffectiveSelection.ofChosen(id, level.source(), levels)))
                .orElseGet(() -> ofConfiguration(initial, configured, levels, weights, settings));
        List<EffectiveSelection> standIns = Stream.of(
                        configured, settings.fallbackPlacement(), StrategySettings.LAST_RESORT)
                .distinct()
                .filter(id -> !id.equals(wished.id()))
                .map(id -> EffectiveSelection.ofFallback(id, levels))
                .toList();
        return new PlacementChoice(wished, standIns);
    }

    /** A graph with weights of its own is not served by a rule that ignores objectives. */
    private static EffectiveSelection ofConfiguration(
            boolean initial,
            String configured,
            List<SourcedSelection> levels,
            EffectiveWeights weights,
            StrategySettings settings) {
        boolean weighs = !weights.weights().equals(settings.objectives());
        String id = initial && weighs && configured.equals(StrategySettings.LAST_RESORT)
                ? settings.weightedPlacement()
                : configured;
        boolean builtIn = List.of(
                        StrategySettings.DEFAULTS.initialPlacement(),
                        StrategySettings.DEFAULTS.weightedPlacement(),
                        StrategySettings.DEFAULTS.replacement())
                .contains(id);
        boolean unchanged = initial
                ? settings.initialPlacement().equals(StrategySettings.DEFAULTS.initialPlacement())
                : settings.replacement().equals(StrategySettings.DEFAULTS.replacement());
        return EffectiveSelection.ofChosen(id, builtIn && unchanged ? "builtin" : "configuration", levels);
    }
}
