// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.files.StoredPluginList;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class PluginRemover {

    /** Why a plugin is stopped that is about to go: a restart finishes it. */
    static final String LEAVING = StoredPluginList.LEAVING;

    private static final Logger LOG = LoggerFactory.getLogger(PluginRemover.class);

    private final PluginContext pluginContext;
    private final BundleOverrides overrides;

    PluginRemover(PluginContext pluginContext, BundleOverrides overrides) {
        this.pluginContext = pluginContext;
        this.overrides = overrides;
    }

    void remove(PluginOperation pluginOperation, List<InstalledPlugin> leaving) {
        try {
            boolean ours = leaving.stream()
                    .anyMatch(installedPlugin -> installedPlugin.plugin().replaces());
            if (ours) {
                pluginContext.state().handedOver(pluginOperation.operation().id());
            }
            pluginOperation.run(Action.REMOVE, () -> leave(leaving));
            pluginOperation.succeed("");
            if (ours && !overrides.havePassed()) {
                pluginContext.state().handedOver("");
            }
            for (InstalledPlugin installedPlugin : leaving) {
                LOG.info(
                        "plugin removed plugin={} version={}",
                        installedPlugin.plugin().id(),
                        installedPlugin.plugin().version());
                pluginContext
                        .pluginEventWriter()
                        .write(
                                "plugin.removed",
                                installedPlugin.plugin(),
                                pluginOperation.id(),
                                pluginOperation.operation().origin().correlationId());
            }
        } catch (AdmissionException | PluginStartException | IOException failed) {
            pluginOperation.fail(OperationFaults.toFault(failed));
        }
    }

    String leave(List<InstalledPlugin> leaving) throws IOException {
        return leave(leaving, false);
    }

    /** As {@link #leave(List)}, for versions that others replace: content that was used is kept for the way back. */
    String makeWay(List<InstalledPlugin> leaving) throws IOException {
        return leave(leaving, true);
    }

    private String leave(List<InstalledPlugin> leaving, boolean wayBack) throws IOException {
        StringBuilder told = new StringBuilder();
        for (InstalledPlugin installedPlugin : leaving) {
            if (installedPlugin.plugin().replaces()) {
                // first: where the restored bundle is this one, nothing can be done afterwards
                pluginContext.discard(installedPlugin.file());
                pluginContext.pluginInventory().remove(List.of(installedPlugin));
                overrides.restore(installedPlugin.plugin());
                continue;
            }
            List<OfferedService> offers = pluginContext.pluginBundles().services(installedPlugin.bundles());
            InstalledPlugin going = installedPlugin.stored()
                    ? pluginContext.pluginInventory().state(installedPlugin, PluginState.STOPPED, LEAVING)
                    : installedPlugin;
            takeOut(going).ifPresent(finding -> told.append(finding.detail()));
            if (going.stored()) {
                if (wayBack && installedPlugin.plugin().state() == PluginState.ACTIVE) {
                    keepForTheWayBack(going, offers);
                }
                pluginContext.folder().remove(going.file());
                pluginContext.watch().seen(going.file());
            }
            pluginContext.pluginInventory().remove(List.of(going));
        }
        return told.toString();
    }

    void keepForTheWayBack(InstalledPlugin going, List<OfferedService> offers) {
        Plugin plugin = going.plugin();
        try {
            Optional<Path> content = pluginContext.folder().content(going.file());
            if (content.isPresent()) {
                pluginContext.folder().replaced().keep(content.get(), plugin.id(), plugin.version(), offers);
            }
        } catch (IOException full) {
            LOG.warn(
                    "copying plugin content failed plugin={} version={} reason=\"{}\"; it cannot be rolled back to",
                    plugin.id(),
                    plugin.version(),
                    full.getMessage());
        }
    }

    Optional<AdmissionFinding> takeOut(InstalledPlugin installedPlugin) {
        return takeOut(installedPlugin, Set.of());
    }

    /** @param staying PIDs of configurations that a successor of the same version has as well */
    Optional<AdmissionFinding> takeOut(InstalledPlugin installedPlugin, Set<String> staying) {
        Optional<AdmissionFinding> leaks =
                pluginContext.pluginBundles().takeOut(installedPlugin.bundles(), installedPlugin.packages());
        installedPlugin.read().ifPresent(read -> pluginContext.pluginBundles().forget(read, staying));
        leaks.ifPresent(finding -> LOG.warn(
                "plugin stopped with a warning plugin={} version={} finding=\"{}\"",
                installedPlugin.plugin().id(),
                installedPlugin.plugin().version(),
                finding.detail()));
        return leaks;
    }

    Plugin stop(InstalledPlugin installedPlugin, String why) {
        Optional<AdmissionFinding> leaks = installedPlugin.plugin().replaces()
                ? overrides.withdraw(installedPlugin.plugin())
                : pluginContext.pluginBundles().takeOut(installedPlugin.bundles(), installedPlugin.packages());
        InstalledPlugin stopped =
                pluginContext.pluginInventory().state(installedPlugin.with(List.of()), PluginState.STOPPED, why);
        LOG.info(
                "plugin stopped plugin={} version={} reason=\"{}\"",
                installedPlugin.plugin().id(),
                installedPlugin.plugin().version(),
                why);
        return leaks.map(finding -> pluginContext.pluginInventory().finding(stopped, finding))
                .orElse(stopped)
                .plugin();
    }
}
