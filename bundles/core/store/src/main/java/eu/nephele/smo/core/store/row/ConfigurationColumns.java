// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.ConfigurationRevision;
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
    public static ConfigurationRevision mark(Object... row) {
        RowReader rowReader = new RowReader(row);
        String origin = rowReader.text();
        long revision = rowReader.number();
        return new ConfigurationRevision(origin, revision, rowReader.number());
    }

    /** @param row read with {@link #CHANGED} */
    public static StoredConfiguration changed(Object... row) {
        RowReader rowReader = new RowReader(row);
        String pid = rowReader.text();
        long revision = rowReader.number();
        return new StoredConfiguration(pid, revision, rowReader.textOrNone());
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
        JsonObject object = StrictJson.parseObject(text);
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
