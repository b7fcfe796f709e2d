// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.json.Json;
import eu.nephele.smo.core.contract.store.ConfigurationMark;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import eu.nephele.smo.core.contract.store.StoredConfiguration;
import java.util.Map;
import java.util.TreeMap;

/** Changes of the configuration in the tables {@code configuration_list} and {@code configuration}. */
public final class ConfigurationColumns {

    public static final String MARK = "select origin, revision, effective_number from configuration_list where id = 1";
    public static final String CHANGED =
            "select pid, revision, content from configuration where revision > ?1 order by revision";

    private static final String SALT = "salt";
    private static final String DIGESTS = "digests";

    private ConfigurationColumns() {}

    /** @param row read with {@link #MARK} */
    public static ConfigurationMark mark(Object... row) {
        Columns columns = new Columns(row);
        String origin = columns.text();
        long revision = columns.number();
        return new ConfigurationMark(origin, revision, columns.number());
    }

    /** @param row read with {@link #CHANGED} */
    public static StoredConfiguration changed(Object... row) {
        Columns columns = new Columns(row);
        String pid = columns.text();
        long revision = columns.number();
        return new StoredConfiguration(pid, revision, columns.textOrNone());
    }

    /** The text of the column {@code effective}. */
    public static String text(EffectiveConfiguration effective) {
        JsonObject digests = JsonObject.EMPTY;
        for (Map.Entry<String, Map<String, String>> entry : new TreeMap<>(effective.digests()).entrySet()) {
            JsonObject properties = JsonObject.EMPTY;
            for (Map.Entry<String, String> property : new TreeMap<>(entry.getValue()).entrySet()) {
                properties = properties.with(property.getKey(), new JsonString(property.getValue()));
            }
            digests = digests.with(entry.getKey(), properties);
        }
        return JsonObject.EMPTY
                .with(SALT, new JsonString(effective.salt()))
                .with(DIGESTS, digests)
                .toJson();
    }

    /** @param text of the column {@code effective} */
    public static EffectiveConfiguration effective(String text) {
        JsonObject object = Json.parseObject(text);
        Map<String, Map<String, String>> digests = new TreeMap<>();
        object(object, DIGESTS).members().forEach((pid, properties) -> {
            Map<String, String> each = new TreeMap<>();
            properties
                    .asObject()
                    .orElse(JsonObject.EMPTY)
                    .members()
                    .forEach((name, digest) -> each.put(name, digest.asString().orElse("")));
            digests.put(pid, Map.copyOf(each));
        });
        return new EffectiveConfiguration(
                object.get(SALT).flatMap(JsonValue::asString).orElse(""), digests);
    }

    private static JsonObject object(JsonObject from, String name) {
        return from.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }
}
