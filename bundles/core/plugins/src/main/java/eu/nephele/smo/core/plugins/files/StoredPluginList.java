// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store's part of the state, which counts after a crash on any server. It excludes plugins on trial, under examination or
 * about to be removed; of a file under replacement it has the former version.
 *
 * @param replaced contents of versions that were replaced, the latest first
 * @param signers whose plugins are taken
 */
public record StoredPluginList(
        List<Plugin> plugins, Map<String, JsonObject> verdicts, List<Replaced> replaced, List<PluginSigner> signers) {

    public static final StoredPluginList NOTHING = new StoredPluginList(List.of(), Map.of(), List.of(), List.of());

    private static final Set<PluginState> ON_DISK =
            EnumSet.of(PluginState.ACTIVE, PluginState.STOPPED, PluginState.FAILED);

    public static final String LEAVING = "is being removed";

    public StoredPluginList {
        plugins = List.copyOf(plugins);
        verdicts = Map.copyOf(verdicts);
        replaced = List.copyOf(replaced);
        signers = List.copyOf(signers);
    }

    public record Replaced(String name, String sha256, List<OfferedService> offers) {
        public Replaced {
            offers = List.copyOf(offers);
        }
    }

    /** @param former the plugin that ran from the file that is being replaced */
    public static StoredPluginList create(PersistedState now, Optional<Plugin> former, List<Replaced> replaced) {
        List<Plugin> plugins = new ArrayList<>();
        for (Plugin plugin : now.plugins()) {
            boolean beingReplaced = former.isPresent() && isOf(plugin, now.replacing());
            if (counts(plugin) && !beingReplaced) {
                plugins.add(plugin);
            }
        }
        former.ifPresent(plugins::add);
        Map<String, JsonObject> verdicts = new LinkedHashMap<>();
        now.verdicts().forEach((key, report) -> {
            if (plugins.stream().anyMatch(plugin -> isOn(key, plugin.artifact().sha256()))) {
                verdicts.put(key, report);
            }
        });
        return new StoredPluginList(plugins, verdicts, replaced, now.signers());
    }

    private static boolean isOf(Plugin plugin, String file) {
        return ON_DISK.contains(plugin.state()) && plugin.artifact().file().equals(file);
    }

    private static boolean isOn(String verdict, String sha256) {
        return !sha256.isEmpty() && verdict.startsWith(sha256);
    }

    private static boolean counts(Plugin plugin) {
        return plugin.state() == PluginState.REFUSED
                || (ON_DISK.contains(plugin.state())
                        && !(plugin.state() == PluginState.STOPPED
                                && plugin.why().equals(LEAVING)));
    }

    /** Those that have a file, by its name. */
    public Map<String, Plugin> onDisk() {
        Map<String, Plugin> files = new LinkedHashMap<>();
        plugins.stream()
                .filter(plugin -> ON_DISK.contains(plugin.state())
                        && !plugin.artifact().sha256().isEmpty())
                .forEach(plugin -> files.merge(plugin.artifact().file(), plugin, StoredPluginList::theOneThatRuns));
        return files;
    }

    /** Returns the running plugin; a failed and removed one may have had any name. */
    private static Plugin theOneThatRuns(Plugin one, Plugin other) {
        return one.state() == PluginState.FAILED ? other : one;
    }

    public JsonObject json() {
        return StateJson.write(new PersistedState(plugins, verdicts, "", "", StoreRevision.NONE, signers))
                .with("replaced", JsonFieldWriter.array(replaced, StoredPluginList::json));
    }

    private static JsonObject json(Replaced replaced) {
        return new JsonFieldWriter()
                .put("name", replaced.name())
                .put("sha256", replaced.sha256())
                .put("offers", JsonFieldWriter.array(replaced.offers(), StoredPluginList::json))
                .object();
    }

    private static JsonArray json(OfferedService offer) {
        return JsonArray.ofStrings(List.of(offer.kind(), offer.name(), offer.version()));
    }

    /** @throws IllegalArgumentException when it is not what was written */
    public static StoredPluginList read(JsonObject json) {
        PersistedState read = StateJson.read(json);
        return new StoredPluginList(
                read.plugins(),
                read.verdicts(),
                json.get("replaced").map(JsonFieldReader::list).orElse(List.of()).stream()
                        .map(StoredPluginList::replaced)
                        .toList(),
                read.signers());
    }

    private static Replaced replaced(JsonFieldReader fields) {
        return new Replaced(
                fields.text("name"),
                fields.text("sha256"),
                fields.values("offers").stream().map(StoredPluginList::offer).toList());
    }

    private static OfferedService offer(JsonValue json) {
        List<String> parts = JsonFieldReader.texts(json);
        if (parts.size() != 3) {
            throw new IllegalArgumentException("an offer has three parts: " + json.toJson());
        }
        return new OfferedService(parts.get(0), parts.get(1), parts.get(2));
    }
}
