// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.journal.ScalingPlaces.ScalingPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The answer to a sweep of an input of a scaling decision. */
final class ScalingSensitivityJson {

    private ScalingSensitivityJson() {}

    /** @param parameters of the strategy, as they were recorded */
    record SweepQuestion(
            DecisionRecord decision,
            StrategyRef strategy,
            ScalingSweep sweep,
            ScalingRequest request,
            JsonObject parameters) {}

    static JsonObject json(SweepQuestion question, ScalingPlaces places, List<ScalingPoint> points) {
        ScalingSweep sweep = question.sweep();
        int asked = sweep.values().steps();
        JsonFieldWriter members = new JsonFieldWriter()
                .put("decision", question.decision().id())
                .put("at", question.decision().at().toString())
                .put(
                        "strategy",
                        new JsonFieldWriter()
                                .put("id", question.strategy().id())
                                .put("version", question.strategy().version())
                                .object())
                .put("input", sweep.input().name().toLowerCase(Locale.ROOT))
                .put("parameter", sweep.parameter())
                .put("parameters", question.parameters())
                .put("complete", points.size() == asked)
                .put(
                        "message",
                        points.size() == asked
                                ? ""
                                : "The time was over after %d of %d values; ask for fewer"
                                        .formatted(points.size(), asked))
                .put("places", JsonFieldWriter.array(places.all(), place -> place(question, place)))
                .put("omitted", JsonArray.ofStrings(places.omitted()))
                .put("points", JsonFieldWriter.array(points, ScalingSensitivityJson::point))
                .put("breaks", JsonFieldWriter.array(breaks(places.all(), points), broken -> broken));
        sweep.service().ifPresent(service -> members.put("service", service));
        return members.object();
    }

    private static JsonObject place(SweepQuestion question, ScalingPlace place) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("service", place.service())
                .put("cluster", place.cluster())
                .put("replicas", place.from());
        question.request()
                .targets()
                .get(place.position())
                .demandPerSecond()
                .ifPresent(demand -> members.put("demandPerSecond", demand));
        return members.object();
    }

    private static JsonObject point(ScalingPoint point) {
        return new JsonFieldWriter()
                .put("value", point.value())
                .put("message", point.message())
                .put("answers", JsonFieldWriter.array(point.answers(), ScalingRecords::answer))
                .object();
    }

    /** Of each place: neighbouring values, of those that have answers, with different ones. */
    private static List<JsonObject> breaks(List<ScalingPlace> places, List<ScalingPoint> points) {
        List<ScalingPoint> answered =
                points.stream().filter(point -> !point.answers().isEmpty()).toList();
        List<JsonObject> breaks = new ArrayList<>();
        for (int i = 1; i < answered.size(); i++) {
            ScalingPoint one = answered.get(i - 1);
            ScalingPoint next = answered.get(i);
            for (int place = 0; place < places.size(); place++) {
                OptionalInt before = one.replicas(place);
                OptionalInt after = next.replicas(place);
                if (!before.equals(after)) {
                    JsonFieldWriter members = new JsonFieldWriter()
                            .put("service", places.get(place).service())
                            .put("cluster", places.get(place).cluster())
                            .put("after", one.value())
                            .put("before", next.value());
                    before.ifPresent(replicas -> members.put("from", replicas));
                    after.ifPresent(replicas -> members.put("to", replicas));
                    breaks.add(members.object());
                }
            }
        }
        return breaks;
    }
}
