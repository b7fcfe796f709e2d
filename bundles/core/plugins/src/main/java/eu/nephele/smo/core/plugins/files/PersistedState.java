// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.plugin.Plugin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that outlives a restart.
 *
 * @param plugins all plugins, without their services
 * @param verdicts digest of a file to the report of the conformance kit, the newest last
 * @param replacing name of a file that is being replaced, "" for none: what was kept of it counts until that is done
 * @param handedOver id of an operation that this bundle cannot end itself, because it replaces itself; "" for none
 * @param store what is known of the store that all this is in as well
 */
public record Remembered(
        List<Plugin> plugins, Map<String, JsonObject> verdicts, String replacing, String handedOver, StoreMark store) {

    private static final int MOST_VERDICTS = 200;

    /** Nothing yet. */
    public static final Remembered NOTHING = new Remembered(List.of(), Map.of(), "", "", StoreMark.NONE);

    public Remembered {
        plugins = List.copyOf(plugins);
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    public Optional<JsonObject> verdict(String sha256) {
        return Optional.ofNullable(verdicts.get(sha256));
    }

    Remembered withPlugins(List<Plugin> now) {
        return new Remembered(now, verdicts, replacing, handedOver, store);
    }

    Remembered withVerdict(String sha256, JsonObject report) {
        Map<String, JsonObject> more = new LinkedHashMap<>(verdicts);
        more.remove(sha256);
        more.put(sha256, report);
        List<String> oldest = new ArrayList<>(more.keySet());
        for (int i = 0; i < oldest.size() - MOST_VERDICTS; i++) {
            more.remove(oldest.get(i));
        }
        return new Remembered(plugins, more, replacing, handedOver, store);
    }

    Remembered withReplacing(String file) {
        return new Remembered(plugins, verdicts, file, handedOver, store);
    }

    Remembered withHandedOver(String operation) {
        return new Remembered(plugins, verdicts, replacing, operation, store);
    }

    Remembered withStore(StoreMark mark) {
        return new Remembered(plugins, verdicts, replacing, handedOver, mark);
    }
}
