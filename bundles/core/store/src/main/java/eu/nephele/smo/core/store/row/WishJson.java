// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

final class WishJson {

    private WishJson() {}

    static JsonObject write(StrategyOverride override) {
        return new JsonFieldWriter()
                .put("placement", write(override.placement()))
                .put("scaling", write(override.scaling()))
                .object();
    }

    static StrategyOverride override(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return new StrategyOverride(selection(fields.value("placement")), selection(fields.value("scaling")));
    }

    /** Everything but the number. Desired placements without a plan have the form from before there were plans. */
    static JsonObject write(RequestedPlacement wish) {
        JsonObject request = write(wish.request());
        JsonObject planned = wish.pins().isEmpty() && wish.plan().isEmpty()
                ? request
                : request.with("pins", DecidedJson.ofHomes(wish.pins())).with("plan", new JsonString(wish.plan()));
        return wish.adopts().isEmpty() ? planned : planned.with("adopts", ofAdopts(wish.adopts()));
    }

    private static JsonObject ofAdopts(Map<String, Set<String>> adopts) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        new TreeMap<>(adopts)
                .forEach((service, fingerprints) -> jsonFieldWriter.texts(service, new TreeSet<>(fingerprints)));
        return jsonFieldWriter.object();
    }

    private static Map<String, Set<String>> adopts(JsonValue value) {
        Map<String, Set<String>> adopts = new TreeMap<>();
        JsonFieldReader.from(value)
                .object()
                .members()
                .forEach((service, fingerprints) ->
                        adopts.put(service, Set.copyOf(JsonFieldReader.texts(fingerprints))));
        return adopts;
    }

    static RequestedPlacement wish(long number, JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return new RequestedPlacement(
                number,
                request(value),
                fields.optional("pins").map(DecidedJson::homes).orElse(Map.of()),
                fields.optionalText("plan").orElse(""),
                fields.optional("adopts").map(WishJson::adopts).orElse(Map.of()));
    }

    static JsonObject write(PlaceRequest request) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter()
                .put("reason", request.reason().name())
                .texts("services", new TreeSet<>(request.services()))
                .put("override", write(request.override()))
                .put("force", request.force());
        request.target()
                .ifPresent(target -> jsonFieldWriter.put(
                        "target", new JsonFieldWriter().cluster(target).object()));
        return jsonFieldWriter.object();
    }

    static PlaceRequest request(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        Optional<ClusterId> target =
                fields.optional("target").map(JsonFieldReader::from).map(JsonFieldReader::cluster);
        return new PlaceRequest(
                DecisionReason.valueOf(fields.text("reason")),
                Set.copyOf(JsonFieldReader.texts(fields.value("services"))),
                target,
                selection(fields.value("override")),
                fields.flag("force"));
    }

    static JsonObject write(StrategySelection selection) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter()
                .put("id", selection.id())
                .put("versionRange", selection.versionRange())
                .put("parameters", selection.parameters())
                .put("optional", selection.optional())
                .put("intervalSeconds", selection.intervalSeconds());
        selection.objectives().ifPresent(weights -> jsonFieldWriter.put("objectives", write(weights)));
        if (selection.normalised()) {
            jsonFieldWriter.put("normalised", true);
        }
        return jsonFieldWriter.object();
    }

    private static JsonArray write(Map<String, ObjectiveWeight> weights) {
        List<JsonValue> items = weights.entrySet().stream()
                .<JsonValue>map(weight -> new JsonFieldWriter()
                        .put("name", weight.getKey())
                        .put("weight", weight.getValue().weight())
                        .put("level", weight.getValue().level())
                        .object())
                .toList();
        return new JsonArray(items);
    }

    static StrategySelection selection(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        Optional<BigDecimal> interval = fields.optionalNumber("intervalSeconds");
        boolean normalised = fields.optionalFlag("normalised").orElse(false);
        return new StrategySelection(
                fields.optionalText("id"),
                fields.optionalText("versionRange"),
                JsonFieldReader.from(fields.value("parameters")).object(),
                fields.flag("optional"),
                fields.optional("objectives").map(weights -> ObjectiveWeight.in(weights(weights), normalised)),
                interval.isPresent() ? OptionalInt.of(interval.get().intValueExact()) : OptionalInt.empty());
    }

    private static Map<String, ObjectiveWeight> weights(JsonValue value) {
        Map<String, ObjectiveWeight> weights = new LinkedHashMap<>();
        for (JsonFieldReader item : JsonFieldReader.list(value)) {
            double weight =
                    item.optionalNumber("weight").orElse(BigDecimal.ZERO).doubleValue();
            weights.put(item.text("name"), new ObjectiveWeight(weight, Math.toIntExact(item.number("level"))));
        }
        return weights;
    }
}
