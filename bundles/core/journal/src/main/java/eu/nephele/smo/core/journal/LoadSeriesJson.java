// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Past and expected demand as JSON and back, without loss. A gap is null. */
final class LoadSeriesJson {

    private LoadSeriesJson() {}

    static JsonObject series(LoadSeries series) {
        return new JsonFieldWriter()
                .put("from", series.at(0).toString())
                .put("step", series.step().toString())
                .put("values", numbers(DoubleStream.of(series.values())))
                .object();
    }

    /** @param json also in the form of earlier versions: an array of points with their times */
    static LoadSeries series(JsonValue json) {
        if (json instanceof JsonArray points) {
            return ofPoints(JsonFieldReader.list(points));
        }
        JsonFieldReader fields = JsonFieldReader.from(json);
        return LoadSeries.of(
                fields.instant("from"), Duration.parse(fields.text("step")), doubles(fields.value("values")));
    }

    private static LoadSeries ofPoints(List<JsonFieldReader> points) {
        if (points.isEmpty()) {
            return LoadSeries.EMPTY;
        }
        List<Instant> at = points.stream().map(point -> point.instant("at")).toList();
        Duration step = IntStream.range(1, at.size())
                .mapToObj(i -> Duration.between(at.get(i - 1), at.get(i)))
                .filter(distance -> distance.compareTo(Duration.ZERO) > 0)
                .min(Duration::compareTo)
                .orElse(Duration.ofMinutes(1));
        double[] values = new double
                [(int) Duration.between(at.get(0), at.get(at.size() - 1)).dividedBy(step) + 1];
        Arrays.fill(values, Double.NaN);
        for (JsonFieldReader point : points) {
            int index = (int) Duration.between(at.get(0), point.instant("at")).dividedBy(step);
            values[index] = point.decimal("perSecond");
        }
        return LoadSeries.of(at.get(0), step, values);
    }

    static JsonObject forecast(DemandForecast forecast) {
        double[] levels = forecast.levels();
        return new JsonFieldWriter()
                .put("from", forecast.first().toString())
                .put("step", forecast.step().toString())
                .put("levels", numbers(DoubleStream.of(levels)))
                .put(
                        "quantiles",
                        JsonFieldWriter.array(
                                IntStream.range(0, levels.length).boxed().toList(),
                                level -> numbers(IntStream.range(0, forecast.points())
                                        .mapToDouble(point -> forecast.value(level, point)))))
                .put("usable", forecast.quality().usable())
                .put("meanError", number(forecast.quality().meanError()))
                .put("reactiveError", number(forecast.quality().reactiveError()))
                .put("reason", forecast.quality().reason())
                .put("callers", JsonFieldWriter.array(forecast.callers(), share -> new JsonFieldWriter()
                        .put("caller", share.caller())
                        .put("requestsPerRequest", share.requestsPerRequest())
                        .object()))
                .put("elsewhere", number(forecast.elsewhere()))
                .object();
    }

    static DemandForecast forecast(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        float[][] quantiles =
                fields.values("quantiles").stream().map(LoadSeriesJson::floats).toArray(float[][]::new);
        return new DemandForecast(
                fields.instant("from"),
                Duration.parse(fields.text("step")),
                doubles(fields.value("levels")),
                quantiles,
                new Quality(
                        fields.flag("usable"),
                        decimal(fields.value("meanError")),
                        decimal(fields.value("reactiveError")),
                        fields.text("reason")),
                fields.objects("callers").stream()
                        .map(JsonFieldReader::new)
                        .map(share -> new CallerShare(share.text("caller"), share.decimal("requestsPerRequest")))
                        .toList(),
                fields.optionalDecimal("elsewhere").orElse(0));
    }

    private static JsonArray numbers(DoubleStream values) {
        return JsonFieldWriter.array(values.boxed().toList(), LoadSeriesJson::number);
    }

    private static JsonValue number(double value) {
        return Double.isNaN(value) ? new JsonNull() : new JsonNumber(new BigDecimal(Double.toString(value)));
    }

    private static double decimal(JsonValue value) {
        return value.asNumber().map(BigDecimal::doubleValue).orElse(Double.NaN);
    }

    private static double[] doubles(JsonValue array) {
        return array.asArray().orElse(List.of()).stream()
                .mapToDouble(LoadSeriesJson::decimal)
                .toArray();
    }

    private static float[] floats(JsonValue array) {
        double[] values = doubles(array);
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
