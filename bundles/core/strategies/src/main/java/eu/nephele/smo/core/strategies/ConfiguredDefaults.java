// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the settings that choose who decides, each with what keeps it from having an effect. */
final class ConfiguredDefaults {

    private static final String INITIAL = "initialPlacement";
    private static final String WEIGHTED = "weightedPlacement";
    private static final String REPLACEMENT = "replacement";
    private static final String FALLBACK = "fallbackPlacement";
    private static final String SCALING = "scaling";
    private static final String OBJECTIVES = "objectives";
    private static final String NORMALISED = "normalised";

    @FunctionalInterface
    interface DefaultCheck {
        List<Violation> run(String kind, StrategySelection selection);
    }

    private final StrategySettings settings;
    private final DefaultCheck check;

    ConfiguredDefaults(StrategySettings settings, DefaultCheck check) {
        this.settings = settings;
        this.check = check;
    }

    List<Default> list() {
        StrategySettings builtIn = StrategySettings.DEFAULTS;
        List<Default> defaults = new ArrayList<>(List.of(
                placement(INITIAL, settings.initialPlacement(), builtIn.initialPlacement()),
                placement(WEIGHTED, settings.weightedPlacement(), builtIn.weightedPlacement()),
                placement(REPLACEMENT, settings.replacement(), builtIn.replacement()),
                placement(FALLBACK, settings.fallbackPlacement(), builtIn.fallbackPlacement()),
                scaling(settings.scaling(), settings.scalingParameters()),
                objectives(settings.objectives()),
                normalised(String.valueOf(ObjectiveWeight.anyNormalised(settings.objectives())))));
        settings.projectDefaults().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> project(entry.getKey(), entry.getValue()))
                .forEach(defaults::add);
        return defaults;
    }

    Default with(String key, String value) {
        StrategySettings builtIn = StrategySettings.DEFAULTS;
        String text = value.strip();
        return switch (key) {
            case INITIAL -> placement(key, text, builtIn.initialPlacement());
            case WEIGHTED -> placement(key, text, builtIn.weightedPlacement());
            case REPLACEMENT -> placement(key, text, builtIn.replacement());
            case FALLBACK -> placement(key, text, builtIn.fallbackPlacement());
            case SCALING -> scaling(Optional.of(text).filter(id -> !id.isEmpty()), JsonObject.EMPTY);
            case OBJECTIVES -> objectives(text);
            case NORMALISED -> normalised(text);
            default -> throw new IllegalArgumentException("Unknown default '%s'".formatted(key));
        };
    }

    private Default objectives(String text) {
        try {
            return objectives(ConfiguredSettings.weights(text));
        } catch (IllegalArgumentException unreadable) {
            String expected = "expected name=weight or name=weight@level, with commas: " + unreadable.getMessage();
            return new Default(OBJECTIVES, text, true, expected);
        }
    }

    private Default normalised(String text) {
        boolean flag = text.equals("true");
        String remark = "";
        if (!flag && !text.equals("false")) {
            remark = "expected true or false";
        } else if (flag && settings.objectives().isEmpty()) {
            remark = "there are no default weights, which it is about";
        }
        return new Default(NORMALISED, text, flag, remark);
    }

    private Default placement(String key, String id, String builtIn) {
        String remark = id.isEmpty()
                ? "expected the id of a placement strategy"
                : remark(StrategyRef.PLACEMENT, StrategySelection.ofId(id));
        return new Default(key, id, !id.equals(builtIn), remark);
    }

    private Default scaling(Optional<String> scaling, JsonObject parameters) {
        String remark = scaling.map(
                        id -> remark(StrategyRef.SCALING, selection(Optional.of(id), parameters, Optional.empty())))
                .orElse("");
        return new Default(SCALING, scaling.orElse(""), scaling.isPresent(), remark);
    }

    private Default objectives(Map<String, ObjectiveWeight> weights) {
        return new Default(
                OBJECTIVES,
                weights.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(Collectors.joining(",")),
                !weights.equals(StrategySettings.DEFAULTS.objectives()),
                remark(StrategyRef.PLACEMENT, selection(Optional.empty(), JsonObject.EMPTY, Optional.of(weights))));
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
        return check.run(kind, selection).stream().map(Violation::message).collect(Collectors.joining("; "));
    }
}
