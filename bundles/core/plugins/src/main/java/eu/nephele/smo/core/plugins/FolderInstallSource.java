// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.files.FolderWatch.FolderChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class FolderInstallSource {

    private static final Logger LOG = LoggerFactory.getLogger(FolderInstallSource.class);
    private static final RequestOrigin FOLDER = new RequestOrigin("folder", "", Optional.empty());
    static final String NO_VERSION = "0.0.0";

    private final PluginContext pluginContext;
    private final Supplier<FileReader> reader;
    private final PluginOperationLog operations;
    private final InstallRouter installRouter;
    private final PluginRemover removing;
    private final PluginUsage pluginUsage;

    FolderInstallSource(
            PluginContext pluginContext,
            Supplier<FileReader> reader,
            PluginOperationLog operations,
            InstallRouter installRouter,
            PluginRemover removing,
            PluginUsage pluginUsage) {
        this.pluginContext = pluginContext;
        this.reader = reader;
        this.operations = operations;
        this.installRouter = installRouter;
        this.removing = removing;
        this.pluginUsage = pluginUsage;
    }

    /** @return whether another poll is worth while soon */
    boolean poll() {
        try {
            FolderChanges folderChanges = pluginContext.watch().poll();
            folderChanges.gone().forEach(name -> alone(name, this::gone));
            folderChanges.present().forEach(name -> alone(name, this::present));
            return folderChanges.more();
        } catch (IOException unreadable) {
            LOG.error("reading plugin folder failed reason=\"{}\"", unreadable.getMessage());
            return false;
        }
    }

    private static void alone(String name, Consumer<String> change) {
        try {
            change.accept(name);
        } catch (RuntimeException | Error unexpected) {
            LOG.error(
                    "processing changed plugin file failed file={} reason=\"{}\"; write the file again",
                    name,
                    unexpected.getMessage(),
                    unexpected);
        }
    }

    private void present(String name) {
        Path file = pluginContext.folder().file(name);
        Optional<InstalledPlugin> old = pluginContext.pluginInventory().find(name);
        try {
            PluginFile read = reader.get().read(file, name);
            if (old.filter(installedPlugin -> installedPlugin.holds(read)
                            && installedPlugin.plugin().state() != PluginState.REFUSED)
                    .isPresent()) {
                return;
            }
            Optional<InstalledPlugin> running =
                    old.filter(installedPlugin -> !installedPlugin.bundles().isEmpty());
            PluginOperation pluginOperation = operations.record(
                    running.isPresent() ? Kind.UPGRADE_PLUGIN : Kind.INSTALL_PLUGIN, read.id(), read.who(), FOLDER);
            pluginOperation.carryOut(() -> installRouter.found(pluginOperation, read, running));
        } catch (AdmissionException refused) {
            refused(name, old, refused);
        } catch (IOException gone) {
            LOG.warn("reading plugin file failed file={} reason=\"{}\"", file, gone.getMessage());
        }
    }

    /** The file is not a plugin: what ran under that name keeps running, also after a restart. */
    private void refused(String name, Optional<InstalledPlugin> old, AdmissionException admissionException) {
        LOG.warn("plugin file rejected file={} reason=\"{}\"", name, admissionException.getMessage());
        Instant now = pluginContext.clock().instant();
        Optional<InstalledPlugin> running =
                old.filter(installedPlugin -> !installedPlugin.bundles().isEmpty());
        Plugin plugin = new Plugin(
                name,
                NO_VERSION,
                new Plugin.PluginArtifact(name, running.isPresent() ? "refused-" + name : "", Optional.empty()),
                PluginState.REFUSED,
                admissionException.getMessage(),
                false,
                InstallSource.FOLDER,
                admissionException.findings(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Plugin.PluginTimes(now, now));
        try {
            if (running.isPresent()) {
                pluginContext.folder().restore(name);
                pluginContext.watch().put(name, pluginContext.folder().kept(name));
            }
        } catch (IOException lost) {
            LOG.error("restoring previous plugin file failed file={} reason=\"{}\"", name, lost.getMessage());
        }
        pluginContext
                .pluginInventory()
                .put(new InstalledPlugin(plugin, running.isEmpty(), List.of(), Optional.empty()));
        pluginContext.pluginEventWriter().write("plugin.refused", plugin, Optional.empty(), "");
    }

    private void gone(String name) {
        Optional<InstalledPlugin> held = pluginContext.pluginInventory().find(name);
        if (held.isEmpty()) {
            return;
        }
        Plugin plugin = held.get().plugin();
        warnOfUses(held.get());
        boolean never = plugin.state() == PluginState.REFUSED
                && plugin.admission().stream().anyMatch(finding -> finding.verdict() == FindingVerdict.REFUSED);
        PluginOperation pluginOperation = never
                ? UnrecordedOperations.unseen(plugin.id(), pluginContext.clock())
                : operations.record(Kind.REMOVE_PLUGIN, plugin.id(), plugin.id() + " " + plugin.version(), FOLDER);
        pluginOperation.carryOut(() -> removing.remove(pluginOperation, List.of(held.get())));
    }

    /** Warns only: the removal of a file takes effect in any case. */
    private void warnOfUses(InstalledPlugin going) {
        try {
            pluginUsage
                    .find(pluginContext.pluginBundles().services(going.bundles()))
                    .forEach(use -> LOG.warn(
                            "plugin file removed plugin={} graph={} use=\"{}\"; the fallback of the graph decides now",
                            going.plugin().id(),
                            use.graph(),
                            use.how()));
        } catch (RuntimeException unknown) {
            LOG.warn(
                    "plugin file removed plugin={}; reading the graphs that use it failed reason=\"{}\"",
                    going.plugin().id(),
                    unknown.getMessage());
        }
    }
}
