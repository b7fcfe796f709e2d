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

/** Reads series and the settings of alerting. */
public final class SeriesActionReader {

    private SeriesActionReader() {}

    /**
     * {@code {name, labels, value}}.
     *
     * @throws ScenarioException when the series is not valid; the message names the place
     */
    public static SetSeries set(JsonNode node, String place) {
        return ScenarioFields.read(node, place, fields -> new SetSeries(series(fields), fields.number("value")));
    }

    /**
     * {@code {name, labels}}.
     *
     * @throws ScenarioException when the series is not valid; the message names the place
     */
    public static DropSeries drop(JsonNode node, String place) {
        return ScenarioFields.read(node, place, fields -> new DropSeries(series(fields)));
    }

    static Map<MetricSeries, Double> all(ScenarioFields fields) {
        Map<MetricSeries, Double> values = new LinkedHashMap<>();
        fields.items("series", SeriesActionReader::set).forEach(set -> {
            if (values.put(set.series(), set.value()) != null) {
                throw new ScenarioException("%s.series: duplicate %s".formatted(fields.place(), set.series()));
            }
        });
        return values;
    }

    static AlertTiming timing(ScenarioFields fields) {
        AlertTiming usual = AlertTiming.USUAL;
        return new AlertTiming(
                seconds(fields, "evaluationSeconds", usual.evaluationInterval()),
                seconds(fields, "groupWaitSeconds", usual.groupWait()),
                seconds(fields, "groupIntervalSeconds", usual.groupInterval()),
                seconds(fields, "repeatIntervalSeconds", usual.repeatInterval()),
                fields.optionalFlag("sendResolved").orElse(usual.sendResolved()));
    }

    private static MetricSeries series(ScenarioFields fields) {
        return new MetricSeries(fields.text("name"), fields.entries("labels", ScenarioFields::toText));
    }

    private static Duration seconds(ScenarioFields fields, String name, Duration usual) {
        return fields.has(name) ? ScenarioElementReader.seconds(fields, name) : usual;
    }
}
