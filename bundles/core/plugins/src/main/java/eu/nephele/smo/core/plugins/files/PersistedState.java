// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
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
 * @param store revision of the store that has this state as well
 * @param signers whose plugins are taken
 */
public record PersistedState(
        List<Plugin> plugins,
        Map<String, JsonObject> verdicts,
        String replacing,
        String handedOver,
        StoreRevision store,
        List<PluginSigner> signers) {

    private static final int MOST_VERDICTS = 200;

    public static final PersistedState NOTHING =
            new PersistedState(List.of(), Map.of(), "", "", StoreRevision.NONE, List.of());

    public PersistedState {
        plugins = List.copyOf(plugins);
        signers = List.copyOf(signers);
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    public Optional<JsonObject> verdict(String sha256) {
        return Optional.ofNullable(verdicts.get(sha256));
    }

    PersistedState withPlugins(List<Plugin> now) {
        return new PersistedState(now, verdicts, replacing, handedOver, store, signers);
    }

    PersistedState withVerdict(String sha256, JsonObject report) {
        Map<String, JsonObject> more = new LinkedHashMap<>(verdicts);
        more.remove(sha256);
        more.put(sha256, report);
        List<String> oldest = new ArrayList<>(more.keySet());
        for (int i = 0; i < oldest.size() - MOST_VERDICTS; i++) {
            more.remove(oldest.get(i));
        }
        return new PersistedState(plugins, more, replacing, handedOver, store, signers);
    }

    PersistedState withReplacing(String file) {
        return new PersistedState(plugins, verdicts, file, handedOver, store, signers);
    }

    PersistedState withHandedOver(String operation) {
        return new PersistedState(plugins, verdicts, replacing, operation, store, signers);
    }

    PersistedState withStore(StoreRevision storeRevision) {
        return new PersistedState(plugins, verdicts, replacing, handedOver, storeRevision, signers);
    }

    PersistedState withSigners(List<PluginSigner> now) {
        return new PersistedState(plugins, verdicts, replacing, handedOver, store, now);
    }
}
