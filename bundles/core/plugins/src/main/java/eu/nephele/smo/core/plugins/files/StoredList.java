// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the store has of all that is remembered: what counts after a crash, on whichever server. What is on trial, being examined or
 * about to go is not in it; of a file that is being replaced it has what ran before.
 *
 * @param plugins without their services
 * @param verdicts of the conformance kit on their contents
 */
public record StoredList(List<Plugin> plugins, Map<String, JsonObject> verdicts) {

    private static final Set<State> ON_DISK = EnumSet.of(State.ACTIVE, State.STOPPED, State.FAILED);

    /** Why a plugin is stopped that is about to go. */
    public static final String LEAVING = "is being removed";

    public StoredList {
        plugins = List.copyOf(plugins);
        verdicts = Map.copyOf(verdicts);
    }

    /** @param former what ran of the file that is being replaced */
    public static StoredList of(Remembered now, Optional<Plugin> former) {
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
        return new StoredList(plugins, verdicts);
    }

    private static boolean isOf(Plugin plugin, String file) {
        return ON_DISK.contains(plugin.state()) && plugin.artifact().file().equals(file);
    }

    private static boolean isOn(String verdict, String sha256) {
        return !sha256.isEmpty() && verdict.startsWith(sha256);
    }

    private static boolean counts(Plugin plugin) {
        return plugin.state() == State.REFUSED
                || (ON_DISK.contains(plugin.state())
                        && !(plugin.state() == State.STOPPED && plugin.why().equals(LEAVING)));
    }

    /** Those that have a file, by its name. */
    public Map<String, Plugin> onDisk() {
        Map<String, Plugin> files = new LinkedHashMap<>();
        plugins.stream()
                .filter(plugin -> ON_DISK.contains(plugin.state())
                        && !plugin.artifact().sha256().isEmpty())
                .forEach(plugin -> files.merge(plugin.artifact().file(), plugin, StoredList::theOneThatRuns));
        return files;
    }

    /** What has failed and was taken away may have come under any name. */
    private static Plugin theOneThatRuns(Plugin one, Plugin other) {
        return one.state() == State.FAILED ? other : one;
    }

    public JsonObject json() {
        return StateJson.write(new Remembered(plugins, verdicts, "", "", StoreMark.NONE));
    }

    /** @throws IllegalArgumentException when it is not what was written */
    public static StoredList read(JsonObject json) {
        Remembered read = StateJson.read(json);
        return new StoredList(read.plugins(), read.verdicts());
    }
}
