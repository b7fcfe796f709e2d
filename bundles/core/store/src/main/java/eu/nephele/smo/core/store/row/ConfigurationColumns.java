// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
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

    public static ConfigurationRevision mark(Object... row) {
        RowReader rowReader = new RowReader(row);
        String origin = rowReader.text();
        long revision = rowReader.number();
        return new ConfigurationRevision(origin, revision, rowReader.number());
    }

    public static StoredConfiguration changed(Object... row) {
        RowReader rowReader = new RowReader(row);
        String pid = rowReader.text();
        long revision = rowReader.number();
        return new StoredConfiguration(pid, revision, rowReader.textOrNone());
    }

    public static String text(EffectiveConfiguration effective) {
        JsonFieldWriter digests = new JsonFieldWriter();
        new TreeMap<>(effective.digests())
                .forEach((pid, properties) -> digests.put(pid, JsonFieldWriter.ofTexts(new TreeMap<>(properties))));
        return new JsonFieldWriter()
                .put(SALT, effective.salt())
                .put(DIGESTS, digests.object())
                .object()
                .toJson();
    }

    public static EffectiveConfiguration effective(String text) {
        JsonFieldReader fields = new JsonFieldReader(StrictJson.parseObject(text));
        Map<String, Map<String, String>> digests = new TreeMap<>();
        fields.object(DIGESTS)
                .members()
                .forEach((pid, properties) ->
                        digests.put(pid, JsonFieldReader.from(properties).texts()));
        return new EffectiveConfiguration(fields.text(SALT), digests);
    }
}
