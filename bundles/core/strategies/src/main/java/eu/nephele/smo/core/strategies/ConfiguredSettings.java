// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Settings from the configuration admin. A change counts from the next decision on; a wrong one is refused, the old ones stay. */
@Component(service = SettingsSource.class, configurationPid = ConfiguredSettings.PID)
@Designate(ocd = StrategiesConfig.class)
public final class ConfiguredSettings implements SettingsSource {
    static final String PID = "eu.nephele.smo.core.strategies";

    private volatile StrategySettings settings;

    /** @throws IllegalArgumentException naming the key whose value makes no sense */
    @Activate
    public ConfiguredSettings(StrategiesConfig config) {
        settings = read(config);
    }

    @Modified
    void modified(StrategiesConfig config) {
        settings = read(config);
    }

    @Override
    public StrategySettings get() {
        return settings;
    }

    private static StrategySettings read(StrategiesConfig config) {
        return new StrategySettings(
                id("initialPlacement", config.initialPlacement()),
                id("weightedPlacement", config.weightedPlacement()),
                id("replacement", config.replacement()),
                id("fallbackPlacement", config.fallbackPlacement()),
                Optional.of(config.scaling().strip()).filter(id -> !id.isEmpty()),
                keyed("scalingParameters", config.scalingParameters(), StrictJson::parseObject),
                ObjectiveWeight.in(
                        keyed("objectives", String.join(",", config.objectives()), ConfiguredSettings::weights),
                        config.normalised()),
                projectDefaults(config.projectDefaults()),
                new StrategySettings.Budgets(
                        config.placementBudgetMillis(),
                        config.scalingBudgetMillis(),
                        config.intentBudgetMillis(),
                        config.graceMillis()),
                config.poolSize(),
                config.missingWaitMillis(),
                new StrategySettings.StrategyLimits(
                        config.ejectAfterFaults(),
                        config.ejectAfterFaultsInWindow(),
                        config.ejectWindowSeconds(),
                        config.maxAbandonedThreads(),
                        config.allocationLimitMiB(),
                        config.maxThreads()));
    }

    private static String id(String key, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "%s: %s is empty, expected the id of a placement strategy".formatted(PID, key));
        }
        return value.strip();
    }

    static Map<String, ObjectiveWeight> weights(String entries) {
        Map<String, ObjectiveWeight> weights = new LinkedHashMap<>();
        Arrays.stream(entries.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> {
                    int equals = assignment(entry, "name=weight");
                    weights.put(entry.substring(0, equals).strip(), weight(entry.substring(equals + 1)));
                });
        return weights;
    }

    private static ObjectiveWeight weight(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? ObjectiveWeight.of(Double.parseDouble(text.strip()))
                : new ObjectiveWeight(
                        Double.parseDouble(text.substring(0, at).strip()),
                        Integer.parseInt(text.substring(at + 1).strip()));
    }

    private static Map<String, StrategyOverride> projectDefaults(String[] entries) {
        Map<String, StrategyOverride> defaults = new LinkedHashMap<>();
        for (String entry : entries) {
            keyed("projectDefaults", entry, text -> {
                int equals = assignment(text, "project={…}");
                JsonObject strategies = StrictJson.parseObject(text.substring(equals + 1));
                return defaults.put(
                        text.substring(0, equals).strip(), ConfiguredSelectionReader.strategies(strategies));
            });
        }
        return defaults;
    }

    private static int assignment(String entry, String expected) {
        int equals = entry.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("'%s' is not of the form %s".formatted(entry, expected));
        }
        return equals;
    }

    private static <T> T keyed(String key, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s: %s".formatted(PID, key, e.getMessage()), e);
        }
    }
}
