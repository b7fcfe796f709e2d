// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin comes in, beside what is there already. */
final class PluginInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(PluginInstaller.class);
    private static final Set<PluginState> OUT = EnumSet.of(PluginState.REFUSED, PluginState.FAILED);

    private final PluginContext pluginContext;
    private final PluginStarter pluginStarter;

    PluginInstaller(PluginContext pluginContext, PluginStarter pluginStarter) {
        this.pluginContext = pluginContext;
        this.pluginStarter = pluginStarter;
    }

    void install(PluginOperation pluginOperation, PluginFile read, InstallSource installSource) {
        Optional<PluginFile> placed = Optional.empty();
        try {
            checkFree(read);
            placed = Optional.of(place(read, installSource));
            InstalledPlugin installedPlugin = pluginStarter.raise(
                    placed.get(),
                    installSource,
                    PluginState.CHECKING,
                    pluginContext.clock().instant(),
                    pluginOperation);
            use(installedPlugin, pluginOperation);
        } catch (AdmissionException | PluginStartException | IOException failed) {
            fail(
                    pluginOperation,
                    placed.orElse(read),
                    installSource,
                    installSource == InstallSource.FOLDER || placed.isPresent(),
                    failed);
        } catch (RuntimeException | Error unexpected) {
            PluginFile file = placed.orElse(read);
            pluginContext
                    .pluginInventory()
                    .find(String.valueOf(file.path().getFileName()))
                    .ifPresent(installedPlugin -> pluginContext
                            .pluginBundles()
                            .giveUp(installedPlugin.bundles(), installedPlugin.packages()));
            PluginStartException failure = new PluginStartException(
                    OperationFaults.unexpected(unexpected).message());
            fail(
                    pluginOperation,
                    file,
                    installSource,
                    installSource == InstallSource.FOLDER || placed.isPresent(),
                    failure);
            throw unexpected;
        }
    }

    /** Another plugin of the same version must not be there. */
    void checkFree(PluginFile read) throws AdmissionException {
        for (InstalledPlugin other : pluginContext
                .pluginInventory()
                .stored(read.id(), Optional.of(read.version().toString()))) {
            boolean itself = pluginContext.folder().file(other.file()).equals(read.path());
            if (!itself && !OUT.contains(other.plugin().state())) {
                throw new AdmissionException("bundle", conflict(read, other.plugin()));
            }
        }
    }

    static String conflict(PluginFile read, Plugin other) {
        return other.artifact().sha256().equals(read.sha256())
                ? "%s is installed already, from %s"
                        .formatted(read.who(), other.artifact().file())
                : "%s is installed already with other content, from %s; give the new one another Bundle-Version"
                        .formatted(read.who(), other.artifact().file());
    }

    /** Puts a file into the folder under a name of ours, unless it lies there already. */
    PluginFile place(PluginFile read, InstallSource installSource) throws AdmissionException, IOException {
        if (installSource == InstallSource.FOLDER) {
            return read;
        }
        pluginStarter.check(read);
        String name = freeName(read);
        pluginContext.folder().take(read.path(), name);
        pluginContext.watch().seen(name);
        return read.movedTo(pluginContext.folder().file(name));
    }

    /** A name for the file of a plugin: id and version, unless something else lies there. */
    String freeName(PluginFile read) {
        String ending = read.name().toLowerCase(Locale.ROOT).endsWith(".zip") ? ".zip" : ".jar";
        String stem = read.id() + "-" + read.version();
        boolean taken = Files.exists(pluginContext.folder().file(stem + ending))
                && pluginContext
                        .pluginInventory()
                        .find(stem + ending)
                        .filter(installedPlugin -> installedPlugin.is(
                                read.id(), Optional.of(read.version().toString())))
                        .isEmpty();
        return taken ? stem + "-" + read.sha256().substring(0, 12) + ending : stem + ending;
    }

    void use(InstalledPlugin installedPlugin, PluginOperation pluginOperation)
            throws AdmissionException, PluginStartException, IOException {
        pluginOperation.run(Action.SWITCH, () -> {
            pluginContext.pluginGate().open(installedPlugin.bundles());
            return "";
        });
        InstalledPlugin active = pluginContext.pluginInventory().state(installedPlugin, PluginState.ACTIVE, "");
        pluginContext.keep(active.file());
        pluginContext.pluginInventory().forgetShown(active.plugin().id());
        pluginOperation.succeed(offers(active));
        LOG.info(
                "plugin active plugin={} version={} services=\"{}\"",
                active.plugin().id(),
                active.plugin().version(),
                offers(active));
        pluginContext
                .pluginEventWriter()
                .write(
                        "plugin.installed",
                        active.plugin(),
                        pluginOperation.id(),
                        pluginOperation.operation().origin().correlationId());
    }

    String offers(InstalledPlugin installedPlugin) {
        return pluginContext.pluginBundles().services(installedPlugin.bundles()).stream()
                .map(service -> (service.kind() + " " + service.name()).strip())
                .collect(Collectors.joining(", ", "offers ", ""));
    }

    /** Records why the plugin was not installed, and removes its file unless an operator put it into the folder. */
    void fail(
            PluginOperation pluginOperation,
            PluginFile read,
            InstallSource installSource,
            boolean inFolder,
            Exception failed) {
        String why = String.valueOf(failed.getMessage());
        if (failed instanceof IOException) {
            if (inFolder && installSource != InstallSource.FOLDER) {
                pluginContext.discard(String.valueOf(read.path().getFileName()));
                pluginContext
                        .pluginInventory()
                        .find(String.valueOf(read.path().getFileName()))
                        .ifPresent(installedPlugin ->
                                pluginContext.pluginInventory().remove(List.of(installedPlugin)));
            }
            LOG.error(
                    "storing plugin failed plugin={} version={} reason=\"{}\"", read.id(), read.version(), why, failed);
            pluginOperation.fail(
                    new Fault(Kind.UNAVAILABLE, "disk", "%s could not be stored: %s".formatted(read.who(), why)));
            return;
        }
        boolean refused = failed instanceof AdmissionException;
        boolean stays = inFolder && (installSource == InstallSource.FOLDER || !refused);
        if (inFolder && !stays) {
            pluginContext.discard(String.valueOf(read.path().getFileName()));
        }
        LOG.warn(
                "plugin not installed plugin={} version={} file={} state={} reason=\"{}\"",
                read.id(),
                read.version(),
                read.name(),
                refused ? PluginState.REFUSED : PluginState.FAILED,
                why);
        Plugin plugin = outcome(read, stays, installSource, refused ? PluginState.REFUSED : PluginState.FAILED, failed);
        pluginContext
                .pluginInventory()
                .find(String.valueOf(read.path().getFileName()))
                .filter(installedPlugin -> !stays && installedPlugin.holds(read))
                .ifPresent(installedPlugin -> pluginContext.pluginInventory().remove(List.of(installedPlugin)));
        pluginContext.pluginInventory().put(new InstalledPlugin(plugin, stays, List.of(), Optional.of(read)));
        pluginOperation.fail(
                failed instanceof SmoException known ? Fault.of(known) : new Fault(Kind.UNPROCESSABLE, read.id(), why));
        pluginContext
                .pluginEventWriter()
                .write(
                        "plugin.refused",
                        plugin,
                        pluginOperation.id(),
                        pluginOperation.operation().origin().correlationId());
    }

    private Plugin outcome(
            PluginFile read, boolean stays, InstallSource installSource, PluginState state, Exception failed) {
        Optional<Plugin> before = pluginContext
                .pluginInventory()
                .find(String.valueOf(read.path().getFileName()))
                .filter(installedPlugin -> installedPlugin.holds(read))
                .map(InstalledPlugin::plugin);
        List<AdmissionFinding> findings = failed instanceof AdmissionException admissionException
                ? admissionException.findings()
                : before.map(Plugin::admission).orElse(List.of());
        Instant since = before.map(plugin -> plugin.times().installedAt())
                .orElse(pluginContext.clock().instant());
        Plugin plugin = pluginStarter.record(
                read,
                state,
                installSource,
                findings,
                failed instanceof PluginStartException failure ? failure.report() : Optional.empty(),
                List.of(),
                since);
        return new Plugin(
                plugin.id(),
                plugin.version(),
                new Plugin.PluginArtifact(
                        stays ? plugin.artifact().file() : read.name(),
                        plugin.artifact().sha256(),
                        plugin.artifact().signer()),
                plugin.state(),
                String.valueOf(failed.getMessage()),
                false,
                plugin.installSource(),
                plugin.admission(),
                plugin.conformance(),
                List.of(),
                before.map(Plugin::imports).orElse(List.of()),
                plugin.times());
    }
}
