// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class TakeoverJson {

    private TakeoverJson() {}

    static JsonObject write(Map<String, List<ForeignRelease>> takeovers) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        new TreeMap<>(takeovers)
                .forEach((service, releases) -> jsonFieldWriter.put(
                        service,
                        new JsonArray(releases.stream()
                                .<JsonValue>map(TakeoverJson::write)
                                .toList())));
        return jsonFieldWriter.object();
    }

    static Map<String, List<ForeignRelease>> takeovers(JsonValue value) {
        Map<String, List<ForeignRelease>> takeovers = new TreeMap<>();
        JsonFieldReader.from(value)
                .object()
                .members()
                .forEach((service, releases) -> takeovers.put(
                        service,
                        JsonFieldReader.list(releases).stream()
                                .map(TakeoverJson::release)
                                .toList()));
        return takeovers;
    }

    private static JsonObject write(ForeignRelease release) {
        return new JsonFieldWriter()
                .put("place", release.place())
                .put("fingerprint", release.fingerprint())
                .put("maker", release.maker())
                .put(
                        "differences",
                        new JsonArray(release.differences().stream()
                                .<JsonValue>map(TakeoverJson::write)
                                .toList()))
                .put("omitted", release.omitted())
                .object();
    }

    private static JsonObject write(Difference difference) {
        JsonFieldWriter jsonFieldWriter =
                new JsonFieldWriter().put("subject", difference.subject()).put("pointer", difference.pointer());
        difference.present().ifPresent(present -> jsonFieldWriter.put("present", present));
        difference.wanted().ifPresent(wanted -> jsonFieldWriter.put("wanted", wanted));
        return jsonFieldWriter.object();
    }

    private static ForeignRelease release(JsonFieldReader fields) {
        return new ForeignRelease(
                fields.text("place"),
                fields.text("fingerprint"),
                fields.text("maker"),
                JsonFieldReader.list(fields.value("differences")).stream()
                        .map(TakeoverJson::difference)
                        .toList(),
                Math.toIntExact(fields.number("omitted")));
    }

    private static Difference difference(JsonFieldReader fields) {
        return new Difference(
                fields.text("subject"), fields.text("pointer"), fields.optional("present"), fields.optional("wanted"));
    }
}
