// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** After a start everything is in the state that it had; what was half done is undone. */
final class StartupRestorer {

    private static final Logger LOG = LoggerFactory.getLogger(StartupRestorer.class);

    private final PluginContext pluginContext;
    private final Supplier<FileReader> reader;
    private final PluginStarter pluginStarter;
    private final BundleOverrides overrides;

    StartupRestorer(
            PluginContext pluginContext,
            Supplier<FileReader> reader,
            PluginStarter pluginStarter,
            BundleOverrides overrides) {
        this.pluginContext = pluginContext;
        this.reader = reader;
        this.pluginStarter = pluginStarter;
        this.overrides = overrides;
    }

    /** @return false when this bundle has just replaced itself and must not continue */
    boolean run() {
        try {
            undoReplacing();
            List<InstalledPlugin> back = new ArrayList<>();
            for (Plugin plugin : pluginContext.state().now().plugins()) {
                remembered(plugin).ifPresent(back::add);
            }
            back.sort(Comparator.comparing((InstalledPlugin installedPlugin) ->
                            !installedPlugin.plugin().replaces())
                    .thenComparing(
                            installedPlugin -> installedPlugin.plugin().times().installedAt()));
            for (InstalledPlugin installedPlugin : back) {
                if (!comesBack(installedPlugin)) {
                    return false;
                }
            }
        } catch (IOException unreadable) {
            LOG.error("reading plugin folder failed reason=\"{}\"", unreadable.getMessage(), unreadable);
        }
        return true;
    }

    /** One file that cannot be read does not keep the others from coming back. */
    private Optional<InstalledPlugin> remembered(Plugin plugin) {
        try {
            Optional<InstalledPlugin> held = held(plugin);
            held.ifPresent(pluginContext.pluginInventory()::remembered);
            return held.filter(InstalledPlugin::stored);
        } catch (IOException | RuntimeException unreadable) {
            doesNotComeBack(
                    new InstalledPlugin(plugin, true, List.of(), Optional.empty()), PluginState.FAILED, unreadable);
            return Optional.empty();
        }
    }

    private void doesNotComeBack(InstalledPlugin installedPlugin, PluginState state, Throwable why) {
        Plugin plugin = installedPlugin.plugin();
        LOG.error(
                "restoring plugin failed plugin={} version={} reason=\"{}\"",
                plugin.id(),
                plugin.version(),
                why.getMessage(),
                why);
        pluginContext
                .pluginInventory()
                .state(
                        installedPlugin,
                        state,
                        why instanceof Error ? why.toString() : String.valueOf(why.getMessage()));
    }

    private void undoReplacing() throws IOException {
        String name = pluginContext.state().now().replacing();
        if (!name.isEmpty()) {
            LOG.warn("interrupted plugin upgrade found file={}; restoring the previous version", name);
            if (Files.exists(pluginContext.folder().kept(name))) {
                pluginContext.folder().restore(name);
            }
            pluginContext.state().replacing("");
        }
    }

    /** A plugin as it was; empty when its file is missing or another one, or when it was not to be restored. */
    private Optional<InstalledPlugin> held(Plugin plugin) throws IOException {
        String name = plugin.artifact().file();
        String sha256 = plugin.artifact().sha256();
        Path file = pluginContext.folder().file(name);
        boolean same = Files.isRegularFile(file)
                && (sha256.isEmpty() || FileReader.sha256(file).equals(sha256));
        boolean out = plugin.state() == PluginState.REFUSED || plugin.state() == PluginState.FAILED;
        if (!same) {
            return out
                    ? Optional.of(new InstalledPlugin(plugin, false, List.of(), Optional.empty()))
                    : Optional.empty();
        }
        boolean halfDone = plugin.state() == PluginState.CANDIDATE
                || (plugin.state() == PluginState.CHECKING && plugin.installSource() != InstallSource.FOLDER)
                || (plugin.state() == PluginState.STOPPED && plugin.why().equals(PluginRemover.LEAVING));
        if (halfDone) {
            LOG.warn("interrupted plugin operation found plugin={} file={}; deleting the file", plugin.id(), name);
            pluginContext.discard(name);
            return Optional.empty();
        }
        return plugin.state() == PluginState.REFUSED || plugin.state() == PluginState.CHECKING
                ? Optional.empty()
                : Optional.of(new InstalledPlugin(plugin, true, List.of(), Optional.empty()));
    }

    /** @return false when this bundle has just replaced itself and must not continue */
    boolean comesBack(InstalledPlugin installedPlugin) {
        Plugin plugin = installedPlugin.plugin();
        try {
            PluginFile read =
                    reader.get().read(pluginContext.folder().file(installedPlugin.file()), installedPlugin.file());
            pluginContext.watch().seen(installedPlugin.file());
            InstalledPlugin known = new InstalledPlugin(plugin, true, List.of(), Optional.of(read));
            pluginContext.pluginInventory().remembered(known);
            if (plugin.replaces()) {
                return plugin.state() != PluginState.ACTIVE || overrides.isReplaced(known, read);
            }
            adoptOrRaise(known, read);
        } catch (AdmissionException refused) {
            doesNotComeBack(installedPlugin, PluginState.REFUSED, refused);
        } catch (IOException unreadable) {
            unread(installedPlugin, unreadable);
        } catch (PluginStartException | RuntimeException | Error failed) {
            doesNotComeBack(installedPlugin, PluginState.FAILED, failed);
        }
        return true;
    }

    /** Continues the plugins that ran while this bundle was absent; all others are reported as not running. */
    private void unread(InstalledPlugin installedPlugin, IOException why) {
        Plugin plugin = installedPlugin.plugin();
        List<Bundle> present = pluginContext.pluginBundles().present(plugin.artifact());
        if (plugin.state() != PluginState.ACTIVE || present.isEmpty()) {
            doesNotComeBack(installedPlugin, PluginState.FAILED, why);
            return;
        }
        LOG.error(
                "reading plugin file failed plugin={} version={} reason=\"{}\"; the plugin keeps running",
                plugin.id(),
                plugin.version(),
                why.getMessage());
        pluginContext.pluginInventory().remembered(installedPlugin.with(present));
    }

    private void adoptOrRaise(InstalledPlugin known, PluginFile read)
            throws AdmissionException, PluginStartException, IOException {
        Plugin plugin = known.plugin();
        List<Bundle> present = pluginContext.pluginBundles().present(plugin.artifact());
        if (present.size() == read.parts().size()) {
            // only this bundle was stopped, not the framework: the plugin has been running all the time
            pluginContext.pluginGate().admit(present);
            InstalledPlugin installedPlugin = known.with(present);
            pluginContext.pluginInventory().remembered(installedPlugin);
            if (plugin.state() == PluginState.ACTIVE) {
                pluginContext.pluginGate().open(present);
            }
            return;
        }
        if (plugin.state() == PluginState.ACTIVE) {
            InstalledPlugin installedPlugin = pluginStarter.raise(
                    read,
                    plugin.installSource(),
                    PluginState.ACTIVE,
                    plugin.times().installedAt(),
                    UnrecordedOperations.unseen(plugin.id(), pluginContext.clock()));
            pluginContext.pluginGate().open(installedPlugin.bundles());
            pluginContext.pluginInventory().state(installedPlugin, PluginState.ACTIVE, "");
            pluginContext.keep(installedPlugin.file());
            LOG.info("plugin restored plugin={} version={}", plugin.id(), plugin.version());
        }
    }
}
