// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces versions of a plugin by another one, and rolls back where that fails. */
final class PluginUpgrader {

    private static final Logger LOG = LoggerFactory.getLogger(PluginUpgrader.class);

    private final PluginContext pluginContext;
    private final PluginStarter pluginStarter;
    private final PluginInstaller installing;
    private final PluginRemover removing;
    private final UpgradeRehearsal rehearsal;
    private final CanaryMonitor canaryMonitor;
    private final PluginUsage pluginUsage;

    PluginUpgrader(
            PluginContext pluginContext,
            PluginStarter pluginStarter,
            PluginInstaller installing,
            PluginRemover removing,
            UpgradeRehearsal rehearsal,
            CanaryMonitor canaryMonitor,
            PluginUsage pluginUsage) {
        this.pluginContext = pluginContext;
        this.pluginStarter = pluginStarter;
        this.installing = installing;
        this.removing = removing;
        this.rehearsal = rehearsal;
        this.canaryMonitor = canaryMonitor;
        this.pluginUsage = pluginUsage;
    }

    void upgrade(
            PluginOperation pluginOperation,
            PluginFile read,
            InstallSource installSource,
            List<InstalledPlugin> olds,
            boolean force) {
        Optional<PluginFile> placed = Optional.empty();
        try {
            installing.checkFree(read);
            placed = Optional.of(installing.place(read, installSource));
            Consumer<InstalledPlugin> needed = fresh -> {
                if (!force) {
                    PluginUsage.refuse(
                            "A service that version %s lacks"
                                    .formatted(fresh.plugin().version()),
                            pluginUsage.broken(services(olds), services(List.of(fresh))));
                }
            };
            InstalledPlugin fresh = beside(pluginOperation, placed.get(), installSource, olds, needed);
            pluginOperation.run(Action.REMOVE, () -> {
                pluginContext.pluginInventory().state(fresh, PluginState.ACTIVE, "");
                return removing.makeWay(olds);
            });
            done(pluginOperation, fresh);
        } catch (AdmissionException | PluginStartException | IOException | SmoException failed) {
            placed.ifPresent(this::discard);
            olds.forEach(this::configured);
            installing.fail(pluginOperation, read, installSource, false, rolledBack(failed, olds));
        } catch (RuntimeException | Error unexpected) {
            // an active version has taken over already: the next attempt removes the old ones
            placed.filter(file -> !isActive(file)).ifPresent(file -> {
                discard(file);
                olds.forEach(this::configured);
            });
            throw unexpected;
        }
    }

    /** Restores configurations that both versions have: they belonged to the new one and were removed with it. */
    private void configured(InstalledPlugin old) {
        try {
            if (old.plugin().state() == PluginState.ACTIVE && old.read().isPresent()) {
                pluginContext.pluginBundles().configure(old.read().get());
            }
        } catch (IOException full) {
            LOG.warn(
                    "storing plugin configurations failed plugin={} reason=\"{}\"",
                    old.plugin().id(),
                    full.getMessage());
        }
    }

    private Optional<InstalledPlugin> held(PluginFile file) {
        return pluginContext.pluginInventory().find(String.valueOf(file.path().getFileName()));
    }

    private boolean isActive(PluginFile file) {
        return held(file)
                .filter(installedPlugin -> installedPlugin.plugin().state() == PluginState.ACTIVE)
                .isPresent();
    }

    private void discard(PluginFile placed) {
        pluginContext.discard(String.valueOf(placed.path().getFileName()));
        held(placed)
                .ifPresent(installedPlugin -> pluginContext.pluginInventory().remove(List.of(installedPlugin)));
    }

    /**
     * A file in the folder has new content.
     *
     * @param old plugin that runs under that name
     */
    void replace(PluginOperation pluginOperation, PluginFile read, InstalledPlugin old) {
        String name = old.file();
        try {
            pluginContext.state().replacing(name);
            pluginStarter.check(read);
            boolean sameVersion = old.is(read.id(), Optional.of(read.version().toString()));
            if (!sameVersion) {
                installing.checkFree(read);
            }
            InstalledPlugin fresh = sameVersion
                    ? inPlace(pluginOperation, read, old)
                    : beside(pluginOperation, read, InstallSource.FOLDER, List.of(old), unchecked -> {});
            pluginOperation.run(Action.REMOVE, () -> {
                if (!sameVersion) {
                    removing.keepForTheWayBack(old, services(List.of(old)));
                }
                return removing.takeOut(old, read.configurations().keySet())
                        .map(finding -> finding.detail())
                        .orElse("");
            });
            pluginContext.pluginInventory().state(fresh, PluginState.ACTIVE, "");
            settle(name);
            done(pluginOperation, fresh);
        } catch (AdmissionException | PluginStartException | IOException failed) {
            back(name, old);
            installing.fail(pluginOperation, read, InstallSource.FOLDER, false, rolledBack(failed, List.of(old)));
        } catch (RuntimeException | Error unexpected) {
            if (hasTakenOver(read)) {
                settle(name);
            } else {
                back(name, old);
            }
            throw unexpected;
        }
    }

    private boolean hasTakenOver(PluginFile read) {
        return isActive(read)
                && held(read)
                        .filter(installedPlugin -> installedPlugin.holds(read))
                        .isPresent();
    }

    /** The old content is removed, so a rollback is not possible any more, even if the state cannot be written. */
    private void settle(String name) {
        pluginContext.keep(name);
        try {
            pluginContext.state().replacing("");
        } catch (IOException full) {
            LOG.warn(
                    "writing plugin states failed file={} reason=\"{}\"; a restart reads the file again",
                    name,
                    full.getMessage());
        }
    }

    private InstalledPlugin beside(
            PluginOperation pluginOperation,
            PluginFile placed,
            InstallSource installSource,
            List<InstalledPlugin> olds,
            Consumer<InstalledPlugin> needed)
            throws AdmissionException, PluginStartException, IOException {
        InstalledPlugin fresh = pluginStarter.raise(
                placed,
                installSource,
                PluginState.CANDIDATE,
                pluginContext.clock().instant(),
                pluginOperation);
        try {
            needed.accept(fresh);
            pluginOperation.run(
                    Action.REHEARSE,
                    () -> rehearsal.run(
                            pluginContext.pluginBundles().services(fresh.bundles()),
                            pluginContext.settings().get().rehearseDecisions()));
            pluginOperation.run(Action.SWITCH, () -> switchOver(fresh, olds));
            pluginOperation.run(
                    Action.PROVE,
                    () -> canaryMonitor.watch(
                            fresh.bundles(), pluginContext.settings().get()));
            return fresh;
        } catch (AdmissionException | PluginStartException | IOException | RuntimeException | Error failed) {
            undo(fresh, olds);
            throw failed;
        }
    }

    private void undo(InstalledPlugin fresh, List<InstalledPlugin> olds) {
        olds.stream()
                .filter(old -> old.plugin().state() == PluginState.ACTIVE)
                .forEach(old -> pluginContext.pluginGate().open(old.bundles()));
        pluginContext.pluginGate().close(fresh.bundles());
        removing.takeOut(fresh);
    }

    private List<OfferedService> services(List<InstalledPlugin> of) {
        return of.stream()
                .flatMap(installedPlugin -> pluginContext.pluginBundles().services(installedPlugin.bundles()).stream())
                .toList();
    }

    /** The highest version decides; where the new one is not that, the old ones have to step back. */
    private String switchOver(InstalledPlugin fresh, List<InstalledPlugin> olds) {
        pluginContext.pluginGate().open(fresh.bundles());
        olds.stream()
                .filter(old -> PluginInventory.version(old.plugin().version())
                                .compareTo(
                                        PluginInventory.version(fresh.plugin().version()))
                        > 0)
                .forEach(old -> pluginContext.pluginGate().close(old.bundles()));
        return "";
    }

    /** Other content of the same version is not watched: recorded decisions and health do not distinguish the two. */
    private InstalledPlugin inPlace(PluginOperation pluginOperation, PluginFile read, InstalledPlugin old)
            throws AdmissionException, PluginStartException, IOException {
        InstalledPlugin fresh = pluginStarter.raise(
                read,
                InstallSource.FOLDER,
                PluginState.CHECKING,
                old.plugin().times().installedAt(),
                pluginOperation);
        try {
            pluginOperation.run(Action.SWITCH, () -> {
                // of two equal ones the older decides, until it is closed
                pluginContext.pluginGate().open(fresh.bundles());
                pluginContext.pluginGate().close(old.bundles());
                return "";
            });
            return fresh;
        } catch (AdmissionException | PluginStartException | IOException | RuntimeException | Error failed) {
            undo(fresh, List.of(old));
            throw failed;
        }
    }

    private void back(String name, InstalledPlugin old) {
        try {
            pluginContext.folder().restore(name);
            pluginContext.watch().put(name, pluginContext.folder().kept(name));
            boolean runs =
                    old.bundles().stream().allMatch(bundle -> bundle.getState() == org.osgi.framework.Bundle.ACTIVE);
            if (runs || old.plugin().state() != PluginState.ACTIVE) {
                pluginContext.pluginInventory().put(old);
                if (runs && old.read().isPresent()) {
                    pluginContext.pluginBundles().configure(old.read().get());
                }
            } else {
                restart(name, old);
            }
            pluginContext.state().replacing("");
        } catch (IOException lost) {
            pluginContext.pluginInventory().put(old);
            LOG.error(
                    "restoring previous plugin file failed file={} reason=\"{}\"; its bundles run until the restart",
                    name,
                    lost.getMessage(),
                    lost);
        }
    }

    private void restart(String name, InstalledPlugin old) throws IOException {
        PluginFile read = old.read()
                .map(it -> it.movedTo(pluginContext.folder().file(name)))
                .orElseThrow(() -> new IOException(name + " was not read"));
        PluginOperation unseen = UnrecordedOperations.unseen(old.plugin().id(), pluginContext.clock());
        try {
            InstalledPlugin installedPlugin = pluginStarter.raise(
                    read,
                    old.plugin().installSource(),
                    PluginState.ACTIVE,
                    old.plugin().times().installedAt(),
                    unseen);
            pluginContext.pluginGate().open(installedPlugin.bundles());
            pluginContext.pluginInventory().state(installedPlugin, PluginState.ACTIVE, "");
        } catch (AdmissionException | PluginStartException failed) {
            LOG.error(
                    "restarting previous plugin version failed plugin={} version={} reason=\"{}\"",
                    read.id(),
                    read.version(),
                    failed.getMessage());
            pluginContext
                    .pluginInventory()
                    .state(old.with(List.of()), PluginState.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    private void done(PluginOperation pluginOperation, InstalledPlugin fresh) {
        pluginContext.keep(fresh.file());
        pluginContext.pluginInventory().forgetShown(fresh.plugin().id());
        pluginOperation.succeed(installing.offers(fresh));
        LOG.info(
                "plugin upgraded plugin={} version={}",
                fresh.plugin().id(),
                fresh.plugin().version());
        pluginContext
                .pluginEventWriter()
                .write(
                        "plugin.upgraded",
                        fresh.plugin(),
                        pluginOperation.id(),
                        pluginOperation.operation().origin().correlationId());
    }

    private static Exception rolledBack(Exception failed, List<InstalledPlugin> olds) {
        String versions = String.join(
                ", ", olds.stream().map(old -> old.plugin().version()).toList());
        String text = "rolled back, version %s keeps running: %s".formatted(versions, failed.getMessage());
        if (failed instanceof SmoException) {
            return SmoException.conflict(text);
        }
        if (failed instanceof AdmissionException admissionException) {
            return new AdmissionException(admissionException.findings());
        }
        return failed instanceof PluginStartException failure ? failure.saying(text) : new IOException(text, failed);
    }
}
