// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was carried out in a folder of the changes in the store.
 *
 * @param origin of the changes
 * @param revision up to which all are carried out
 * @param files name to digest of those that were written for it: whoever has edited one since then has made it his
 */
record Carried(String origin, long revision, Map<String, String> files) {

    static final Carried NOTHING = new Carried("", 0, Map.of());

    Carried {
        files = Map.copyOf(files);
    }

    Carried at(String nextOrigin, long nextRevision) {
        return new Carried(nextOrigin, nextRevision, files);
    }

    Carried with(String file, String digest) {
        Map<String, String> next = new TreeMap<>(files);
        next.put(file, digest);
        return new Carried(origin, revision, next);
    }

    Carried without(String file) {
        Map<String, String> next = new TreeMap<>(files);
        next.remove(file);
        return new Carried(origin, revision, next);
    }

    String toJson() {
        JsonObject written = JsonObject.EMPTY;
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            written = written.with(file.getKey(), new JsonString(file.getValue()));
        }
        return JsonObject.EMPTY
                .with("origin", new JsonString(origin))
                .with("revision", new JsonNumber(BigDecimal.valueOf(revision)))
                .with("files", written)
                .toJson();
    }

    /** @throws IllegalArgumentException when it is not what was written */
    static Carried of(String text) {
        JsonObject object = Json.parseObject(text);
        Map<String, String> files = new TreeMap<>();
        object.get("files")
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, digest) -> files.put(name, digest.asString().orElse("")));
        BigDecimal revision = object.get("revision")
                .filter(JsonNumber.class::isInstance)
                .map(value -> ((JsonNumber) value).value())
                .orElse(BigDecimal.ZERO);
        return new Carried(object.get("origin").flatMap(JsonValue::asString).orElse(""), revision.longValue(), files);
    }
}
