// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A plugin comes in: beside what is there, in the place of other versions, or of a bundle of the product; for the first time or again. */
final class InstallRouter {

    private final PluginContext pluginContext;
    private final Supplier<FileReader> reader;
    private final PluginStarter pluginStarter;
    private final BundleOverrides overrides;
    private final PluginInstaller installing;
    private final PluginUpgrader pluginUpgrader;

    InstallRouter(
            PluginContext pluginContext,
            Supplier<FileReader> reader,
            PluginStarter pluginStarter,
            BundleOverrides overrides,
            PluginInstaller installing,
            PluginUpgrader pluginUpgrader) {
        this.pluginContext = pluginContext;
        this.reader = reader;
        this.pluginStarter = pluginStarter;
        this.overrides = overrides;
        this.installing = installing;
        this.pluginUpgrader = pluginUpgrader;
    }

    void install(PluginOperation pluginOperation, PluginFile read, InstallSource installSource) {
        if (overrides.concerns(read)) {
            overrides.install(pluginOperation, read, installSource);
        } else {
            installing.install(pluginOperation, read, installSource);
        }
    }

    /**
     * Installs an uploaded file in place of the installed versions; the operation shows its outcome.
     *
     * @param force although graphs need what only those offer
     */
    void upgrade(PluginOperation pluginOperation, PluginFile read, boolean force) {
        if (overrides.concerns(read)) {
            overrides.install(pluginOperation, read, InstallSource.REST);
        } else {
            pluginUpgrader.upgrade(
                    pluginOperation,
                    read,
                    InstallSource.REST,
                    pluginContext.pluginInventory().stored(read.id(), Optional.empty()),
                    force);
        }
    }

    void found(PluginOperation pluginOperation, PluginFile read, Optional<InstalledPlugin> running) {
        if (running.isPresent() && !overrides.concerns(read)) {
            pluginUpgrader.replace(pluginOperation, read, running.get());
        } else {
            install(pluginOperation, read, InstallSource.FOLDER);
        }
    }

    /**
     * Starts a plugin that was stopped or has failed.
     *
     * @throws SmoException {@code UNPROCESSABLE} with the reason why it cannot be used
     */
    Plugin reinstall(InstalledPlugin installedPlugin) throws IOException {
        Plugin plugin = installedPlugin.plugin();
        PluginOperation pluginOperation = UnrecordedOperations.unseen(plugin.id(), pluginContext.clock());
        try {
            PluginFile read =
                    reader.get().read(pluginContext.folder().file(installedPlugin.file()), installedPlugin.file());
            pluginContext.pluginBundles().takeOut(installedPlugin.bundles(), installedPlugin.packages());
            if (plugin.replaces()) {
                overrides.install(pluginOperation, read, InstallSource.FOLDER);
            } else {
                InstalledPlugin raised = pluginStarter.raise(
                        read,
                        plugin.installSource(),
                        PluginState.STOPPED,
                        plugin.times().installedAt(),
                        pluginOperation);
                installing.use(raised, pluginOperation);
            }
        } catch (AdmissionException | PluginStartException failed) {
            pluginContext
                    .pluginInventory()
                    .state(
                            installedPlugin.with(List.of()),
                            failed instanceof AdmissionException ? PluginState.REFUSED : PluginState.FAILED,
                            String.valueOf(failed.getMessage()));
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE,
                    plugin.id(),
                    String.valueOf(failed.getMessage()),
                    Optional.empty());
        } catch (RuntimeException | Error unexpected) {
            pluginContext
                    .pluginInventory()
                    .state(installedPlugin.with(List.of()), PluginState.FAILED, unexpected.toString());
            throw unexpected;
        }
        return pluginContext
                .pluginInventory()
                .find(installedPlugin.file())
                .map(pluginContext.pluginInventory()::withServices)
                .orElseThrow(() -> SmoException.conflict("Plugin %s was removed meanwhile".formatted(plugin.id())));
    }
}
