// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.Violation;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the settings that choose who decides, each with what keeps it from having an effect. */
final class Defaults {

    /** What is wrong with a wish that a descriptor could have, too. */
    @FunctionalInterface
    interface Check {
        List<Violation> of(String kind, StrategySelection selection);
    }

    private final Settings settings;
    private final Check check;

    Defaults(Settings settings, Check check) {
        this.settings = settings;
        this.check = check;
    }

    List<Default> list() {
        Settings builtIn = Settings.DEFAULTS;
        List<Default> defaults = new ArrayList<>(List.of(
                placement("initialPlacement", settings.initialPlacement(), builtIn.initialPlacement()),
                placement("weightedPlacement", settings.weightedPlacement(), builtIn.weightedPlacement()),
                placement("replacement", settings.replacement(), builtIn.replacement()),
                placement("fallbackPlacement", settings.fallbackPlacement(), builtIn.fallbackPlacement()),
                scaling(),
                objectives(builtIn)));
        settings.projectDefaults().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> project(entry.getKey(), entry.getValue()))
                .forEach(defaults::add);
        return defaults;
    }

    private Default placement(String key, String id, String builtIn) {
        return new Default(key, id, !id.equals(builtIn), remark(StrategyRef.PLACEMENT, StrategySelection.ofId(id)));
    }

    private Default scaling() {
        String remark = settings.scaling()
                .map(id -> remark(
                        StrategyRef.SCALING,
                        selection(Optional.of(id), settings.scalingParameters(), Optional.empty())))
                .orElse("");
        return new Default(
                "scaling", settings.scaling().orElse(""), settings.scaling().isPresent(), remark);
    }

    private Default objectives(Settings builtIn) {
        return new Default(
                "objectives",
                settings.objectives().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(Collectors.joining(",")),
                !settings.objectives().equals(builtIn.objectives()),
                remark(
                        StrategyRef.PLACEMENT,
                        selection(Optional.empty(), JsonObject.EMPTY, Optional.of(settings.objectives()))));
    }

    private static String text(ObjectiveWeight weight) {
        return weight.weight() + (weight.level() == 0 ? "" : "@" + weight.level());
    }

    private Default project(String project, StrategyOverride wishes) {
        String remark = Stream.of(
                        remark(StrategyRef.PLACEMENT, wishes.placement()),
                        remark(StrategyRef.SCALING, wishes.scaling()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return new Default(
                "projectDefaults",
                "%s: placement %s, scaling %s"
                        .formatted(
                                project,
                                wishes.placement().id().orElse("-"),
                                wishes.scaling().id().orElse("-")),
                true,
                remark);
    }

    private static StrategySelection selection(
            Optional<String> id, JsonObject parameters, Optional<Map<String, ObjectiveWeight>> objectives) {
        return new StrategySelection(id, Optional.empty(), parameters, false, objectives, OptionalInt.empty());
    }

    private String remark(String kind, StrategySelection selection) {
        return check.of(kind, selection).stream().map(Violation::message).collect(Collectors.joining("; "));
    }
}
