// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.PluginBundles;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All plugins that are known. Changed by one thread, each change is on the disk before anybody sees it; read by any. */
final class PluginInventory {

    private static final Logger LOG = LoggerFactory.getLogger(PluginInventory.class);
    private static final int MOST_SHOWN = 50;
    private static final Comparator<Plugin> ORDER =
            Comparator.comparing(Plugin::id).thenComparing(plugin -> version(plugin.version()));

    private final Map<String, InstalledPlugin> all = new ConcurrentHashMap<>();
    private final StateFile file;
    private final PluginBundles pluginBundles;
    private final Clock clock;
    private volatile List<Plugin> waiting = List.of();

    PluginInventory(StateFile file, PluginBundles pluginBundles, Clock clock) {
        this.file = file;
        this.pluginBundles = pluginBundles;
        this.clock = clock;
    }

    /** All of them, by id and version, with the services that they offer now. */
    List<Plugin> plugins() {
        return Stream.concat(all.values().stream().map(this::withServices), waiting.stream())
                .sorted(ORDER)
                .toList();
    }

    /** Shows a file of the folder that is not processed for the time being; forgotten with the process. */
    void waiting(List<Plugin> files) {
        waiting = List.copyOf(files);
    }

    List<Plugin> waiting() {
        return waiting;
    }

    Plugin withServices(InstalledPlugin installedPlugin) {
        Plugin plugin = installedPlugin.plugin();
        List<OfferedService> services = pluginBundles.services(installedPlugin.bundles());
        boolean idle = plugin.state() == PluginState.ACTIVE && services.isEmpty();
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                plugin.state(),
                idle ? pluginBundles.waits(installedPlugin.bundles()) : plugin.why(),
                plugin.replaces(),
                plugin.installSource(),
                plugin.admission(),
                plugin.conformance(),
                services,
                plugin.imports(),
                plugin.times());
    }

    Collection<InstalledPlugin> all() {
        return List.copyOf(all.values());
    }

    Optional<InstalledPlugin> find(String file) {
        return Optional.ofNullable(all.get(file));
    }

    Optional<InstalledPlugin> find(Bundle bundle) {
        return all.values().stream()
                .filter(installedPlugin -> installedPlugin.bundles().contains(bundle))
                .findFirst();
    }

    List<InstalledPlugin> find(String id, Optional<String> version) {
        return all.values().stream()
                .filter(installedPlugin -> installedPlugin.is(id, version))
                .toList();
    }

    /** Those of a plugin that have a file, without what is only shown. */
    List<InstalledPlugin> stored(String id, Optional<String> version) {
        return find(id, version).stream().filter(InstalledPlugin::stored).toList();
    }

    /** Puts one there, or in the place of the one with its key. */
    InstalledPlugin put(InstalledPlugin installedPlugin) {
        Map<String, InstalledPlugin> next = new HashMap<>(all);
        next.put(installedPlugin.key(), installedPlugin);
        if (!installedPlugin.stored()) {
            all.values().stream()
                    .filter(other -> !other.stored() && !other.key().equals(installedPlugin.key()))
                    .sorted(Comparator.comparing((InstalledPlugin other) ->
                                    other.plugin().times().changedAt())
                            .reversed())
                    .skip(MOST_SHOWN - 1L)
                    .forEach(old -> next.remove(old.key()));
        }
        become(next);
        return installedPlugin;
    }

    /** Puts one there that was on the disk before. */
    void remembered(InstalledPlugin installedPlugin) {
        all.put(installedPlugin.key(), installedPlugin);
    }

    InstalledPlugin state(InstalledPlugin installedPlugin, PluginState state, String why) {
        return put(installedPlugin.with(changed(
                installedPlugin.plugin(), state, why, installedPlugin.plugin().admission())));
    }

    InstalledPlugin finding(InstalledPlugin installedPlugin, AdmissionFinding finding) {
        List<AdmissionFinding> more = new ArrayList<>(installedPlugin.plugin().admission());
        more.add(finding);
        return put(installedPlugin.with(changed(
                installedPlugin.plugin(),
                installedPlugin.plugin().state(),
                installedPlugin.plugin().why(),
                more)));
    }

    void remove(Collection<InstalledPlugin> gone) {
        Map<String, InstalledPlugin> next = new HashMap<>(all);
        gone.forEach(installedPlugin -> next.remove(installedPlugin.key()));
        become(next);
    }

    /** Writes the state; plugins that did not return after a start are dropped. */
    void writeDown() {
        write(all.values());
    }

    /** Writes the next state before it becomes visible. */
    private void become(Map<String, InstalledPlugin> next) {
        write(next.values());
        all.putAll(next);
        all.keySet().retainAll(next.keySet());
    }

    /** Forgets the transient display of a plugin. */
    void forgetShown(String id) {
        List<InstalledPlugin> shown = find(id, Optional.empty()).stream()
                .filter(installedPlugin -> !installedPlugin.stored())
                .toList();
        if (!shown.isEmpty()) {
            remove(shown);
        }
    }

    private Plugin changed(Plugin plugin, PluginState state, String why, List<AdmissionFinding> admission) {
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                state,
                why,
                plugin.replaces(),
                plugin.installSource(),
                admission,
                plugin.conformance(),
                List.of(),
                plugin.imports(),
                new Plugin.PluginTimes(plugin.times().installedAt(), clock.instant()));
    }

    private void write(Collection<InstalledPlugin> now) {
        try {
            file.plugins(now.stream().map(InstalledPlugin::plugin).sorted(ORDER).toList());
        } catch (IOException full) {
            LOG.error(
                    "writing plugin states failed file={} reason=\"{}\"; a restart restores the previous states",
                    StateFile.NAME,
                    full.getMessage());
        }
    }

    static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException none) {
            return Version.emptyVersion;
        }
    }
}
