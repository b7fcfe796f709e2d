// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Display of the values of a panel.
 *
 * @param unit Grafana's name of the unit, "" for a plain number
 * @param numbers {@code min} and {@code max}
 * @param custom {@code axisSoftMin}, {@code axisSoftMax}
 * @param stacked whether the lines stand on each other
 * @param steps thresholds of the colours yellow and red; empty: none
 * @param unitsByLegend other units of single lines
 */
record FieldConfig(
        String unit,
        Map<String, Double> numbers,
        Map<String, Double> custom,
        boolean stacked,
        List<Double> steps,
        Map<String, String> unitsByLegend) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> COLOURS = List.of("yellow", "red");

    FieldConfig {
        numbers = Map.copyOf(numbers);
        custom = Map.copyOf(custom);
        steps = List.copyOf(steps);
        unitsByLegend = Map.copyOf(unitsByLegend);
    }

    static FieldConfig of(String unit) {
        return new FieldConfig(unit, Map.of(), Map.of(), false, List.of(), Map.of());
    }

    FieldConfig min(double min) {
        return new FieldConfig(unit, Map.of("min", min), custom, stacked, steps, unitsByLegend);
    }

    FieldConfig range(double min, double max) {
        return new FieldConfig(unit, Map.of("min", min, "max", max), custom, stacked, steps, unitsByLegend);
    }

    FieldConfig softRange(double min, double max) {
        return new FieldConfig(
                unit, numbers, Map.of("axisSoftMin", min, "axisSoftMax", max), stacked, steps, unitsByLegend);
    }

    FieldConfig stack() {
        return new FieldConfig(unit, numbers, custom, true, steps, unitsByLegend);
    }

    FieldConfig warnAt(double yellow, double red) {
        return new FieldConfig(unit, numbers, custom, stacked, List.of(yellow, red), unitsByLegend);
    }

    FieldConfig except(String legend, String otherUnit) {
        return new FieldConfig(unit, numbers, custom, stacked, steps, Map.of(legend, otherUnit));
    }

    ObjectNode json() {
        ObjectNode defaults = JSON.objectNode();
        if (!unit.isEmpty()) {
            defaults.put("unit", unit);
        }
        new TreeMap<>(numbers).forEach(defaults::put);
        ObjectNode style = JSON.objectNode();
        new TreeMap<>(custom).forEach(style::put);
        if (stacked) {
            style.put("fillOpacity", 30)
                    .putObject("stacking")
                    .put("mode", "normal")
                    .put("group", "A");
        }
        defaults.set("custom", style);
        if (!steps.isEmpty()) {
            defaults.set("thresholds", thresholds());
        }
        ObjectNode config = JSON.objectNode();
        config.set("defaults", defaults);
        config.set("overrides", overrides());
        return config;
    }

    private ObjectNode thresholds() {
        ObjectNode thresholds = JSON.objectNode().put("mode", "absolute");
        ArrayNode list = thresholds.putArray("steps");
        list.addObject().put("color", "green").putNull("value");
        for (int i = 0; i < steps.size(); i++) {
            list.addObject().put("color", COLOURS.get(i)).put("value", steps.get(i));
        }
        return thresholds;
    }

    private ArrayNode overrides() {
        ArrayNode overrides = JSON.arrayNode();
        new TreeMap<>(unitsByLegend).forEach((legend, other) -> {
            ObjectNode override = overrides.addObject();
            override.putObject("matcher").put("id", "byName").put("options", legend);
            override.putArray("properties").addObject().put("id", "unit").put("value", other);
        });
        return overrides;
    }
}
