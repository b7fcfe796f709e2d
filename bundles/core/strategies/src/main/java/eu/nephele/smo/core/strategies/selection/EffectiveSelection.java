// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.selection;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Effective selection of one strategy over all levels: each value comes from the most important level that has it. A level that
 * names another strategy does not contribute; a level that names none applies to the effective one.
 *
 * @param range versions that may decide
 * @param parameters merged member by member
 * @param values the above with their sources
 */
public record EffectiveSelection(
        String id, Optional<VersionRange> range, JsonObject parameters, List<EffectiveValue> values) {
    private static final Logger LOG = LoggerFactory.getLogger(EffectiveSelection.class);

    public EffectiveSelection {
        values = List.copyOf(values);
    }

    /** The most important selection that names a strategy. */
    public static Optional<SourcedSelection> wishOf(List<SourcedSelection> levels) {
        return levels.stream()
                .filter(level -> level.selection().id().isPresent())
                .findFirst();
    }

    /**
     * The effective values for the strategy that is effective.
     *
     * @param source level that chose it
     */
    public static EffectiveSelection ofChosen(String id, String source, List<SourcedSelection> levels) {
        return create(
                id,
                source,
                levels.stream()
                        .filter(level -> level.selection().id().map(id::equals).orElse(true))
                        .toList());
    }

    /** The effective values for a fallback: selections without a strategy do not apply to it. */
    public static EffectiveSelection ofFallback(String id, List<SourcedSelection> levels) {
        return create(
                id,
                "builtin",
                levels.stream()
                        .filter(level -> level.selection().id().map(id::equals).orElse(false))
                        .toList());
    }

    /**
     * Reads a version range; {@code 1.2} means at least 1.2.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static VersionRange range(String text) {
        return VersionRange.valueOf(text.strip());
    }

    /** A text that is no range was refused when the graph was accepted; here it matches nothing, so that the fallback decides. */
    private static VersionRange rangeOrNothing(String text) {
        try {
            return range(text);
        } catch (IllegalArgumentException e) {
            LOG.warn("invalid version range range=\"{}\"; it matches nothing", text, e);
            return new VersionRange(
                    VersionRange.LEFT_OPEN, Version.emptyVersion, Version.emptyVersion, VersionRange.RIGHT_OPEN);
        }
    }

    private static EffectiveSelection create(String id, String source, List<SourcedSelection> levels) {
        List<EffectiveValue> values = new ArrayList<>();
        values.add(new EffectiveValue("strategy", new JsonString(id), source));
        Optional<VersionRange> range = Optional.empty();
        Map<String, JsonValue> parameters = new LinkedHashMap<>();
        for (SourcedSelection level : levels) {
            StrategySelection selection = level.selection();
            if (range.isEmpty() && selection.versionRange().isPresent()) {
                String text = selection.versionRange().get();
                range = Optional.of(rangeOrNothing(text));
                values.add(new EffectiveValue("version", new JsonString(text), level.source()));
            }
            selection.parameters().members().forEach((name, value) -> {
                if (parameters.putIfAbsent(name, value) == null) {
                    values.add(new EffectiveValue("parameters." + name, value, level.source()));
                }
            });
        }
        return new EffectiveSelection(id, range, new JsonObject(parameters), values);
    }

    /** The values together with the defaults of the strategy's own parameters. */
    public List<EffectiveValue> valuesWith(JsonObject defaults) {
        List<EffectiveValue> all = new ArrayList<>(values);
        defaults.members().forEach((name, value) -> {
            if (parameters.get(name).isEmpty()) {
                all.add(new EffectiveValue("parameters." + name, value, "builtin"));
            }
        });
        return all;
    }
}
