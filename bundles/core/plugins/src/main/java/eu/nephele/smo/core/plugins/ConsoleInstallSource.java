// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.BundleCopy;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import eu.nephele.smo.core.plugins.life.ProductInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows changes of bundles by operators in the web console or in Gogo, as the framework reports them. */
final class ConsoleInstallSource implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleInstallSource.class);
    private static final Duration ADMISSION = Duration.ofSeconds(5);
    private static final String NOT_STARTED = "installed in the console and not started there";

    private final ProductInventory product;
    private final PluginWorker worker;
    private final PluginContext pluginContext;
    private final Supplier<FileReader> reader;
    private final PluginStarter pluginStarter;
    private final PluginInstaller installing;
    private final PluginRemover removing;

    ConsoleInstallSource(
            ProductInventory product,
            PluginWorker worker,
            PluginContext pluginContext,
            Supplier<FileReader> reader,
            PluginStarter pluginStarter,
            PluginInstaller installing,
            PluginRemover removing) {
        this.product = product;
        this.worker = worker;
        this.pluginContext = pluginContext;
        this.reader = reader;
        this.pluginStarter = pluginStarter;
        this.installing = installing;
        this.removing = removing;
    }

    /** Admits bundles that were installed before this listener was registered. */
    void catchUp() {
        for (Bundle bundle : product.foreign()) {
            if (!bundle.getLocation().startsWith(ProductInventory.PLUGIN_LOCATION)
                    && pluginContext.pluginInventory().find(bundle).isEmpty()) {
                admit(bundle);
            }
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (product.includes(bundle) || worker.isThisThread() || product.ends()) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> installed(bundle);
            case BundleEvent.UPDATED -> {
                // nothing of the new content may be resolved before it is admitted
                pluginContext.pluginGate().bar(List.of(bundle));
                answered("Update of ", bundle, () -> updated(bundle));
            }
            case BundleEvent.STARTED -> worker.run("start of " + bundle.getLocation(), () -> started(bundle));
            case BundleEvent.STOPPED -> worker.run("stop of " + bundle.getLocation(), () -> stopped(bundle));
            case BundleEvent.UNINSTALLED -> worker.run("removal of " + bundle.getLocation(), () -> uninstalled(bundle));
            default -> LOG.trace("bundle event ignored type={} bundle={}", event.getType(), bundle);
        }
    }

    /** Answers before the caller of the installation continues: a start right afterwards finds an admitted bundle. */
    private void installed(Bundle bundle) {
        if (bundle.getLocation().startsWith(ProductInventory.PLUGIN_LOCATION)) {
            return;
        }
        if (pluginContext.storeAuthority().standsBy()) {
            pluginContext.pluginGate().bar(List.of(bundle));
            LOG.warn(
                    "bundle rejected location={} reason=\"this server is the standby\"; install it on the owner",
                    bundle.getLocation());
            return;
        }
        answered("Admission of ", bundle, () -> admit(bundle));
    }

    private void answered(String what, Bundle bundle, Runnable work) {
        try {
            worker.call(what + bundle.getLocation(), ADMISSION, () -> {
                work.run();
                return bundle;
            });
        } catch (SmoException | IllegalStateException failed) {
            LOG.warn("bundle rejected location={} reason=\"{}\"", bundle.getLocation(), failed.getMessage());
        }
    }

    private void admit(Bundle bundle) {
        PluginOperation pluginOperation =
                UnrecordedOperations.unseen(String.valueOf(bundle.getSymbolicName()), pluginContext.clock());
        Path copy = pluginContext.folder().scratch().resolve("console-" + bundle.getBundleId() + ".jar");
        try {
            try {
                BundleCopy.write(
                        bundle, copy, pluginContext.settings().get().limits().unpackedBytes());
                PluginFile read = reader.get().read(copy, copy.getFileName().toString());
                admit(pluginOperation, bundle, read);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (AdmissionException | IOException failed) {
            LOG.warn("bundle rejected location={} reason=\"{}\"", bundle.getLocation(), failed.getMessage());
        }
    }

    private void admit(PluginOperation pluginOperation, Bundle bundle, PluginFile read) throws IOException {
        try {
            if (product.named(read.id()).isPresent()) {
                throw new AdmissionException(
                        "replaces",
                        "%s is a bundle of the product; put the file into the folder of plugins to replace it"
                                .formatted(read.id()));
            }
            installing.checkFree(read);
            List<AdmissionFinding> findings = new ArrayList<>(pluginStarter.check(read));
            findings.addAll(pluginContext.pluginBundles().admit(List.of(bundle)));
            String name = installing.freeName(read);
            pluginContext.folder().put(read.path(), pluginContext.folder().file(name));
            pluginContext.watch().seen(name);
            PluginFile placed = read.movedTo(pluginContext.folder().file(name));
            pluginContext.folder().stage(placed);
            pluginContext
                    .pluginInventory()
                    .put(new InstalledPlugin(
                            pluginStarter.record(
                                    placed,
                                    PluginState.STOPPED,
                                    InstallSource.CONSOLE,
                                    findings,
                                    Optional.empty(),
                                    List.of(bundle),
                                    pluginContext.clock().instant()),
                            true,
                            List.of(bundle),
                            Optional.of(placed)));
            pluginContext.pluginInventory().find(name).ifPresent(installedPlugin -> pluginContext
                    .pluginInventory()
                    .state(installedPlugin, PluginState.STOPPED, NOT_STARTED));
            pluginContext.keep(name);
            LOG.info(
                    "bundle admitted location={} plugin={} version={}",
                    bundle.getLocation(),
                    read.id(),
                    read.version());
        } catch (AdmissionException refused) {
            pluginContext.pluginGate().bar(List.of(bundle));
            installing.fail(pluginOperation, read, InstallSource.CONSOLE, false, refused);
        }
    }

    private void updated(Bundle bundle) {
        pluginContext.pluginInventory().find(bundle).ifPresent(installedPlugin -> {
            pluginContext.pluginInventory().remove(List.of(installedPlugin));
            pluginContext.discard(installedPlugin.file());
        });
        if (bundle.getState() != Bundle.UNINSTALLED) {
            admit(bundle);
        }
    }

    private void started(Bundle bundle) {
        Optional<InstalledPlugin> held = pluginContext.pluginInventory().find(bundle);
        if (held.isEmpty()
                || held.get().plugin().state() == PluginState.ACTIVE
                || held.get().bundles().stream().anyMatch(each -> each.getState() != Bundle.ACTIVE)) {
            return;
        }
        PluginOperation pluginOperation =
                UnrecordedOperations.unseen(held.get().plugin().id(), pluginContext.clock());
        PluginFile read = held.get().read().orElseThrow();
        try {
            InstalledPlugin proven = pluginStarter.prove(held.get(), read, pluginOperation);
            installing.use(proven, pluginOperation);
        } catch (AdmissionException | PluginStartException | IOException failed) {
            LOG.warn(
                    "starting plugin failed plugin={} version={} reason=\"{}\"",
                    read.id(),
                    read.version(),
                    failed.getMessage());
            pluginContext.pluginBundles().takeOut(held.get().bundles(), read.packages());
            pluginContext
                    .pluginInventory()
                    .state(held.get().with(List.of()), PluginState.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    private void stopped(Bundle bundle) {
        pluginContext
                .pluginInventory()
                .find(bundle)
                .filter(installedPlugin ->
                        installedPlugin.plugin().state() == PluginState.ACTIVE && bundle.getState() == Bundle.RESOLVED)
                .ifPresent(installedPlugin -> {
                    pluginContext.pluginGate().close(installedPlugin.bundles());
                    pluginContext
                            .pluginInventory()
                            .state(installedPlugin, PluginState.STOPPED, "stopped in the console");
                });
    }

    private void uninstalled(Bundle bundle) {
        pluginContext.pluginInventory().find(bundle).ifPresent(installedPlugin -> {
            PluginOperation pluginOperation =
                    UnrecordedOperations.unseen(installedPlugin.plugin().id(), pluginContext.clock());
            removing.remove(pluginOperation, List.of(installedPlugin));
        });
    }
}
