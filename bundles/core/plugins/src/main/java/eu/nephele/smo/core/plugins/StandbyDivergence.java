// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.files.StoredPluginList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in words where a standby is not as the store: files that wait in its folder, plugins that do not run here. */
final class StandbyDivergence {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyDivergence.class);
    private static final String WAITS =
            "this server stands by: files of its folder are installed when it becomes the owner; install on the owner";

    private final PluginContext pluginContext;
    private final Supplier<FileReader> reader;
    private volatile List<String> differing = List.of();

    StandbyDivergence(PluginContext pluginContext, Supplier<FileReader> reader) {
        this.pluginContext = pluginContext;
        this.reader = reader;
    }

    /** This server is the owner: what it has is what counts. */
    void end() {
        pluginContext.pluginInventory().waiting(List.of());
        differing = List.of();
    }

    void report(Collection<String> names, StoredPluginList list) {
        Map<String, Plugin> stored = list.onDisk();
        List<Plugin> waiting = new ArrayList<>();
        for (String name : names) {
            waiting.add(waiting(
                    name,
                    Optional.ofNullable(stored.get(name))
                            .map(plugin -> "%s. The store has %s %s under this name"
                                    .formatted(WAITS, plugin.id(), plugin.version()))
                            .orElse(WAITS)));
        }
        pluginContext.pluginInventory().waiting(waiting);
        differing = stored.values().stream()
                .filter(plugin -> plugin.state() == PluginState.ACTIVE)
                .flatMap(plugin -> whyNot(plugin).stream())
                .toList();
    }

    private Optional<String> whyNot(Plugin plugin) {
        List<InstalledPlugin> here = pluginContext.pluginInventory().all().stream()
                .filter(installedPlugin -> installedPlugin.is(plugin.id(), Optional.of(plugin.version()))
                        && installedPlugin
                                .plugin()
                                .artifact()
                                .sha256()
                                .equals(plugin.artifact().sha256()))
                .toList();
        if (here.stream().anyMatch(installedPlugin -> installedPlugin.plugin().state() == PluginState.ACTIVE)) {
            return Optional.empty();
        }
        return Optional.of("plugin %s %s is used by the owner and does not run here: %s"
                .formatted(
                        plugin.id(),
                        plugin.version(),
                        here.isEmpty()
                                ? "another file has its name"
                                : here.get(0).plugin().why()));
    }

    /** A sentence each. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(differing);
        pluginContext
                .pluginInventory()
                .waiting()
                .forEach(plugin ->
                        all.add("%s waits: %s".formatted(plugin.artifact().file(), plugin.why())));
        return all;
    }

    private Plugin waiting(String name, String why) {
        String id = name;
        String version = FolderInstallSource.NO_VERSION;
        String sha256 = "";
        try {
            PluginFile read = reader.get().read(pluginContext.folder().file(name), name);
            id = read.id();
            version = read.version().toString();
            sha256 = read.sha256();
        } catch (AdmissionException | IOException unreadable) {
            LOG.debug("reading plugin file failed file={} reason=\"{}\"", name, unreadable.getMessage());
        }
        Instant now = pluginContext.clock().instant();
        return new Plugin(
                id,
                version,
                new Plugin.PluginArtifact(name, sha256, Optional.empty()),
                PluginState.REFUSED,
                why,
                false,
                InstallSource.FOLDER,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Plugin.PluginTimes(now, now));
    }
}
