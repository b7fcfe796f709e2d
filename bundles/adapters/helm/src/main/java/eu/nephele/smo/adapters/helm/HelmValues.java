// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InstallRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** @param added those that were not requested */
record HelmValues(JsonObject all, JsonObject added) {

    private static final String OF_THINGS = "voChartOverwrite";

    /**
     * Adds the number of replicas if the chart has such a value and the request does not set it: the next upgrade would
     * reset the workload to the number of the chart.
     *
     * @param names of values that take the number of replicas
     */
    static HelmValues create(InstallRequest request, JsonObject chart, List<String> names) {
        JsonObject asked = request.values();
        boolean ofThings = request.artifact().isWebOfThings();
        JsonObject place = ofThings ? inner(asked) : asked;
        JsonObject defaults = ofThings ? inner(chart) : chart;
        Optional<String> name = names.stream()
                .filter(it -> defaults.get(it).flatMap(JsonValue::asNumber).isPresent())
                .findFirst();
        if (name.isEmpty() || names.stream().anyMatch(it -> place.get(it).isPresent())) {
            return new HelmValues(asked, JsonObject.EMPTY);
        }
        JsonObject one = JsonObject.EMPTY.with(name.get(), JsonNumber.of(request.replicas()));
        JsonObject with = place.with(name.get(), JsonNumber.of(request.replicas()));
        return ofThings
                ? new HelmValues(asked.with(OF_THINGS, with), JsonObject.EMPTY.with(OF_THINGS, one))
                : new HelmValues(with, one);
    }

    /** Digest of the values passed to Helm, equal to that of the values that Helm returns. */
    String digest() {
        return digest(all);
    }

    static String digest(JsonObject values) {
        return ReleaseLabels.digest(settled(values).canonical());
    }

    static JsonObject without(JsonObject values, JsonObject added) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(values.members());
        added.members().forEach((name, value) -> {
            Optional<JsonObject> inside = value.asObject();
            JsonValue present = rest.get(name);
            if (inside.isPresent() && present instanceof JsonObject object) {
                rest.put(name, without(object, inside.get()));
            } else if (inside.isEmpty() && value.equals(present)) {
                rest.remove(name);
            }
        });
        return new JsonObject(rest);
    }

    private static JsonObject inner(JsonObject values) {
        return values.get(OF_THINGS).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }

    /** Helm stores numbers as floating point, and drops null values. */
    private static JsonValue settled(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members().forEach((name, member) -> {
                if (!(member instanceof JsonNull)) {
                    members.put(name, settled(member));
                }
            });
            return new JsonObject(members);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.items().stream().map(HelmValues::settled).toList());
        }
        if (value instanceof JsonNumber number && Double.isFinite(number.value().doubleValue())) {
            return JsonNumber.of(number.value().doubleValue());
        }
        return value;
    }
}
