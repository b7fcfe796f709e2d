// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.files.FileDigests;
import eu.nephele.smo.core.plugins.files.FolderSync;
import eu.nephele.smo.core.plugins.files.FolderSync.FileAction;
import eu.nephele.smo.core.plugins.files.FolderSync.FileStep;
import eu.nephele.smo.core.plugins.files.StoreRevision;
import eu.nephele.smo.core.plugins.files.StoredPluginList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files and bundles of this server in line with the store, with the same admission and examination as
 * everywhere. Nothing is written to the store, and nothing is published. Used by one thread.
 */
final class StandbySync {

    private static final Logger LOG = LoggerFactory.getLogger(StandbySync.class);

    private final PluginContext pluginContext;
    private final StandbyDivergence standbyDivergence;
    private final StartupRestorer restoring;
    private final PluginRemover removing;
    private final BundleOverrides overrides;
    private final FileDigests digests = new FileDigests();
    private final RollbackContents rollbackContents;
    /** Digests of the store's files in the folder as this server last wrote them down. */
    private final Map<String, String> known = new HashMap<>();

    private Optional<SyncedPlugin> last = Optional.empty();

    private record SyncedPlugin(long revision, Map<String, String> folder) {}

    StandbySync(
            PluginContext pluginContext,
            StandbyDivergence standbyDivergence,
            StartupRestorer restoring,
            PluginRemover removing,
            BundleOverrides overrides) {
        this.pluginContext = pluginContext;
        this.standbyDivergence = standbyDivergence;
        this.restoring = restoring;
        this.removing = removing;
        this.overrides = overrides;
        this.rollbackContents = new RollbackContents(pluginContext.folder());
        // before plugins are restored: a file that changed since is a change by an operator
        known.putAll(digests(
                new StoredPluginList(pluginContext.state().now().plugins(), Map.of(), List.of(), List.of()).onDisk()));
    }

    private static Map<String, String> digests(Map<String, Plugin> files) {
        Map<String, String> all = new HashMap<>();
        files.forEach((name, plugin) -> all.put(name, plugin.artifact().sha256()));
        return all;
    }

    /** This server has been the owner: what it has is what the store had. */
    void begin() {
        known.clear();
        pluginContext.pluginInventory().all().stream()
                .filter(InstalledPlugin::stored)
                .forEach(installedPlugin -> known.put(
                        installedPlugin.file(),
                        installedPlugin.plugin().artifact().sha256()));
        last = Optional.empty();
    }

    void follow(PluginStore store) throws IOException {
        SyncedPlugin now = new SyncedPlugin(store.revision(), folder());
        if (last.filter(now::equals).isPresent()) {
            return;
        }
        Optional<InstalledPlugins> there = store.installed();
        if (there.isEmpty()) {
            standbyDivergence.report(now.folder().keySet(), StoredPluginList.NOTHING);
            last = Optional.of(now);
        } else if (accord(store, there.get(), true)) {
            // the folder as it was before: files that came meanwhile are seen by the next poll
            last = Optional.of(new SyncedPlugin(there.get().revision(), now.folder()));
        }
    }

    /**
     * Applies the store before this server becomes the owner. Files that an operator has added stay as changes.
     *
     * @return false when this bundle has just replaced itself and must not continue
     */
    boolean takeOver(PluginStore store, InstalledPlugins there) throws IOException {
        return accord(store, there, false);
    }

    void end() {
        last = Optional.empty();
        standbyDivergence.end();
    }

    private boolean accord(PluginStore store, InstalledPlugins there, boolean standby) throws IOException {
        StoredPluginList list = StoredPluginList.read(there.list());
        if (!pluginContext.state().now().store().knows(there)) {
            known.clear();
            remember(store, there, 0);
        }
        // first: what comes with this list is admitted by its signers
        pluginContext.state().signers(list.signers());
        learn(list);
        Map<String, String> folder = folder();
        Map<String, Plugin> wanted = wanted(list, folder, store);
        List<String> left = new ArrayList<>();
        for (FileStep step : FolderSync.plan(digests(wanted), Map.copyOf(known), folder)) {
            if (!done(step, wanted, store)) {
                return false;
            }
            if (step.deed() == FileAction.LEAVE) {
                left.add(step.file());
            }
        }
        if (standby) {
            left.forEach(name -> setAside(name, list));
        }
        if (!bring(wanted)) {
            return false;
        }
        if (standby) {
            show(list);
            standbyDivergence.report(left, list);
        }
        if (store.isShared()) {
            rollbackContents.follow(list.replaced(), store);
        }
        remember(store, there, there.revision());
        return true;
    }

    private Map<String, String> folder() throws IOException {
        return digests.compute(pluginContext.folder().names().stream()
                .map(pluginContext.folder()::file)
                .toList());
    }

    /**
     * Applies a step and records it at once: a store failure in between leaves no file that looks like an operator's
     * change.
     *
     * @param wanted plugins by file; those missing in the folder afterwards are removed from it
     * @return false when this bundle has just replaced itself and must not continue
     */
    private boolean done(FileStep step, Map<String, Plugin> wanted, PluginStore store) throws IOException {
        String name = step.file();
        Optional<Plugin> plugin = Optional.ofNullable(wanted.get(name));
        if (step.deed() == FileAction.REMOVE) {
            boolean goesOn = goes(name);
            known.remove(name);
            return goesOn;
        }
        boolean there = step.deed() != FileAction.LEAVE
                && plugin.isPresent()
                && (step.deed() == FileAction.KEEP || fetch(store, plugin.get()));
        if (there) {
            known.put(name, plugin.get().artifact().sha256());
        } else {
            wanted.remove(name);
        }
        return true;
    }

    /** Adopts the results of the kit from other servers for equal contents. */
    private void learn(StoredPluginList list) throws IOException {
        for (var verdict : list.verdicts().entrySet()) {
            if (pluginContext.state().now().verdict(verdict.getKey()).isEmpty()) {
                pluginContext.state().verdict(verdict.getKey(), verdict.getValue());
            }
        }
    }

    /** Of what has failed, or was never to stay, the store may have no content. */
    private static Map<String, Plugin> wanted(StoredPluginList list, Map<String, String> folder, PluginStore store) {
        var contents = store.contents();
        Map<String, Plugin> wanted = new HashMap<>(list.onDisk());
        wanted.values()
                .removeIf(plugin -> plugin.state() == PluginState.FAILED
                        && !contents.contains(plugin.artifact().sha256())
                        && !plugin.artifact()
                                .sha256()
                                .equals(folder.get(plugin.artifact().file())));
        return wanted;
    }

    private boolean goes(String name) throws IOException {
        Optional<InstalledPlugin> held = pluginContext.pluginInventory().find(name);
        LOG.info("plugin file no longer in the store file={}; removing it", name);
        if (held.isPresent()) {
            removing.leave(List.of(held.get()));
        } else {
            pluginContext.discard(name);
        }
        return !overrides.havePassed();
    }

    private boolean fetch(PluginStore store, Plugin plugin) throws IOException {
        String name = plugin.artifact().file();
        if (!pluginContext.folder().takes(name)) {
            throw new IOException("the store has a plugin with the invalid file name %s".formatted(name));
        }
        Path part = Files.createTempFile(pluginContext.folder().scratch(), "store", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                store.copy(plugin.artifact().sha256(), out);
            }
            takeOut(name);
            pluginContext.folder().put(part, pluginContext.folder().file(name));
            pluginContext.watch().seen(name);
            return true;
        } catch (DamagedContentException damaged) {
            LOG.error(
                    "stored plugin is damaged plugin={} version={} reason=\"{}\"; the plugin does not start",
                    plugin.id(),
                    plugin.version(),
                    damaged.getMessage());
            pluginContext
                    .pluginInventory()
                    .put(new InstalledPlugin(
                            saying(plugin, PluginState.FAILED, String.valueOf(damaged.getMessage())),
                            false,
                            List.of(),
                            Optional.empty()));
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void takeOut(String name) {
        pluginContext.pluginInventory().find(name).ifPresent(installedPlugin -> {
            if (installedPlugin.plugin().replaces()) {
                overrides.withdraw(installedPlugin.plugin());
            } else {
                removing.takeOut(installedPlugin);
            }
            pluginContext.pluginInventory().remove(List.of(installedPlugin));
        });
    }

    /** Sets aside files of a standby's folder that the store does not have. */
    private void setAside(String name, StoredPluginList list) {
        boolean same = pluginContext
                .pluginInventory()
                .find(name)
                .map(installedPlugin -> installedPlugin.plugin().artifact().sha256())
                .equals(Optional.ofNullable(list.onDisk().get(name))
                        .map(plugin -> plugin.artifact().sha256()));
        if (!same) {
            takeOut(name);
        }
    }

    private boolean bring(Map<String, Plugin> wanted) {
        List<Plugin> order = wanted.values().stream()
                .sorted(Comparator.comparing((Plugin plugin) -> !plugin.replaces())
                        .thenComparing(plugin -> plugin.times().installedAt()))
                .toList();
        for (Plugin plugin : order) {
            Optional<InstalledPlugin> held =
                    pluginContext.pluginInventory().find(plugin.artifact().file());
            if (held.filter(it -> isAs(it, plugin)).isEmpty()) {
                if (held.isPresent() && (plugin.state() != PluginState.ACTIVE || !isOf(held.get(), plugin))) {
                    takeOut(held.get().file());
                }
                if (!restoring.comesBack(new InstalledPlugin(plugin, true, List.of(), Optional.empty()))) {
                    return false;
                }
                pluginContext.pluginInventory().forgetShown(plugin.id());
                pluginContext
                        .pluginInventory()
                        .find(plugin.artifact().file())
                        .ifPresent(pluginContext.pluginInventory()::put);
            }
        }
        return true;
    }

    private static boolean isOf(InstalledPlugin installedPlugin, Plugin plugin) {
        return installedPlugin
                .plugin()
                .artifact()
                .sha256()
                .equals(plugin.artifact().sha256());
    }

    private static boolean isAs(InstalledPlugin installedPlugin, Plugin plugin) {
        return isOf(installedPlugin, plugin) && installedPlugin.plugin().state() == plugin.state();
    }

    private void show(StoredPluginList list) {
        List<Plugin> refused = list.plugins().stream()
                .filter(plugin -> plugin.state() == PluginState.REFUSED)
                .toList();
        pluginContext
                .pluginInventory()
                .remove(pluginContext.pluginInventory().all().stream()
                        .filter(installedPlugin -> !installedPlugin.stored()
                                && installedPlugin.plugin().state() == PluginState.REFUSED
                                && !refused.contains(installedPlugin.plugin()))
                        .toList());
        refused.stream()
                .filter(plugin -> pluginContext.pluginInventory().all().stream()
                        .noneMatch(installedPlugin -> installedPlugin.plugin().equals(plugin)))
                .forEach(plugin -> pluginContext
                        .pluginInventory()
                        .put(new InstalledPlugin(plugin, false, List.of(), Optional.empty())));
    }

    private void remember(PluginStore store, InstalledPlugins there, long revision) throws IOException {
        String folder = pluginContext.state().now().store().folder();
        pluginContext
                .state()
                .store(new StoreRevision(
                        folder.isEmpty() ? UUID.randomUUID().toString() : folder,
                        there.origin(),
                        revision,
                        store.isShared()));
    }

    private static Plugin saying(Plugin plugin, PluginState state, String why) {
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                state,
                why,
                plugin.replaces(),
                plugin.installSource(),
                plugin.admission(),
                plugin.conformance(),
                List.of(),
                plugin.imports(),
                plugin.times());
    }
}
