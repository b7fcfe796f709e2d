// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.selection;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Completes the selections of callers by those of the configuration below them. */
public final class SelectionPrecedence {
    private SelectionPrecedence() {}

    /** The selections and, unless they contain it, the default of the project. */
    public static List<SourcedSelection> withProject(
            List<SourcedSelection> wishes,
            String project,
            StrategySettings settings,
            Function<StrategyOverride, StrategySelection> kind) {
        List<SourcedSelection> levels = new ArrayList<>(wishes);
        StrategyOverride ofProject = settings.projectDefaults().get(project);
        if (ofProject != null && wishes.stream().noneMatch(wish -> wish.source().equals("project"))) {
            levels.add(new SourcedSelection("project", kind.apply(ofProject)));
        }
        return levels;
    }

    /** The selections and below them the scaling strategy of the configuration, if there is one. */
    public static List<SourcedSelection> withConfiguredScaling(
            List<SourcedSelection> wishes, StrategySettings settings) {
        if (settings.scaling().isEmpty()) {
            return wishes;
        }
        List<SourcedSelection> levels = new ArrayList<>(wishes);
        levels.add(new SourcedSelection(
                "configuration",
                new StrategySelection(
                        settings.scaling(),
                        Optional.empty(),
                        settings.scalingParameters(),
                        false,
                        Optional.empty(),
                        OptionalInt.empty())));
        return levels;
    }
}
