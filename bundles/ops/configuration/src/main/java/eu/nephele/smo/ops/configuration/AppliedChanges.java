// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of the store that have been applied to a folder.
 *
 * @param origin of the changes
 * @param revision up to which all are applied
 * @param files name to digest of the files written for it: a file edited since then belongs to its editor
 */
record AppliedChanges(String origin, long revision, Map<String, String> files) {

    static final AppliedChanges NOTHING = new AppliedChanges("", 0, Map.of());

    AppliedChanges {
        files = Map.copyOf(files);
    }

    AppliedChanges at(String nextOrigin, long nextRevision) {
        return new AppliedChanges(nextOrigin, nextRevision, files);
    }

    AppliedChanges with(String file, String digest) {
        Map<String, String> next = new TreeMap<>(files);
        next.put(file, digest);
        return new AppliedChanges(origin, revision, next);
    }

    AppliedChanges without(String file) {
        Map<String, String> next = new TreeMap<>(files);
        next.remove(file);
        return new AppliedChanges(origin, revision, next);
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
    static AppliedChanges of(String text) {
        JsonObject object = StrictJson.parseObject(text);
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
        return new AppliedChanges(
                object.get("origin").flatMap(JsonValue::asString).orElse(""), revision.longValue(), files);
    }
}
