// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldAction.DropSeries;
import eu.nephele.smo.lab.simulator.WorldAction.SetSeries;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads series and what concerns their watching. */
public final class Measurements {

    private Measurements() {}

    /**
     * {@code {name, labels, value}}.
     *
     * @throws ScenarioException when it is no valid series; the message names the place
     */
    public static SetSeries set(JsonNode node, String place) {
        return Fields.read(node, place, fields -> new SetSeries(series(fields), fields.number("value")));
    }

    /**
     * {@code {name, labels}}.
     *
     * @throws ScenarioException when it is no valid series; the message names the place
     */
    public static DropSeries drop(JsonNode node, String place) {
        return Fields.read(node, place, fields -> new DropSeries(series(fields)));
    }

    static Map<MetricSeries, Double> all(Fields fields) {
        Map<MetricSeries, Double> values = new LinkedHashMap<>();
        fields.items("series", Measurements::set).forEach(set -> {
            if (values.put(set.series(), set.value()) != null) {
                throw new ScenarioException("%s.series: %s is there twice".formatted(fields.place(), set.series()));
            }
        });
        return values;
    }

    static AlertTiming timing(Fields fields) {
        AlertTiming usual = AlertTiming.USUAL;
        return new AlertTiming(
                seconds(fields, "evaluationSeconds", usual.evaluationInterval()),
                seconds(fields, "groupWaitSeconds", usual.groupWait()),
                seconds(fields, "groupIntervalSeconds", usual.groupInterval()),
                seconds(fields, "repeatIntervalSeconds", usual.repeatInterval()),
                fields.optionalFlag("sendResolved").orElse(usual.sendResolved()));
    }

    private static MetricSeries series(Fields fields) {
        return new MetricSeries(fields.text("name"), fields.entries("labels", Fields::toText));
    }

    private static Duration seconds(Fields fields, String name, Duration usual) {
        return fields.has(name) ? Parts.seconds(fields, name) : usual;
    }
}
