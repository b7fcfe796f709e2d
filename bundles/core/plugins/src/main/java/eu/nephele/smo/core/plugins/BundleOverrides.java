// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileRules;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import eu.nephele.smo.core.plugins.life.ProductBundle;
import eu.nephele.smo.core.plugins.life.ProductInventory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that take the place of bundles of the product. */
final class BundleOverrides {

    private static final Logger LOG = LoggerFactory.getLogger(BundleOverrides.class);

    private final PluginContext pluginContext;
    private final ProductInventory product;
    private final PluginStarter pluginStarter;
    private final PluginInstaller installing;
    private final ProductBundle.Factory bundles;

    BundleOverrides(
            PluginContext pluginContext,
            ProductInventory product,
            PluginStarter pluginStarter,
            PluginInstaller installing,
            ProductBundle.Factory bundles) {
        this.pluginContext = pluginContext;
        this.product = product;
        this.pluginStarter = pluginStarter;
        this.installing = installing;
        this.bundles = bundles;
    }

    boolean concerns(PluginFile read) {
        return product.named(read.id()).isPresent();
    }

    void install(PluginOperation pluginOperation, PluginFile read, InstallSource installSource) {
        PluginFile placed = read;
        try {
            List<AdmissionFinding> findings = check(read);
            if (installSource != InstallSource.FOLDER) {
                String name = installing.freeName(read);
                pluginContext.folder().take(read.path(), name);
                pluginContext.watch().seen(name);
                placed = read.movedTo(pluginContext.folder().file(name));
            }
            take(pluginOperation, placed, installSource, findings);
        } catch (AdmissionException | PluginStartException | IOException failed) {
            installing.fail(
                    pluginOperation,
                    placed,
                    installSource,
                    installSource == InstallSource.FOLDER || !placed.equals(read),
                    failed);
        }
    }

    private List<AdmissionFinding> check(PluginFile read) throws AdmissionException {
        List<AdmissionFinding> findings =
                FileRules.checkOverride(read, pluginContext.settings().get().signature());
        Optional<String> fixed = product.named(read.id()).flatMap(ProductInventory::fixed);
        if (fixed.isPresent()) {
            throw new AdmissionException("replaces", fixed.get());
        }
        return findings;
    }

    private void take(
            PluginOperation pluginOperation,
            PluginFile placed,
            InstallSource installSource,
            List<AdmissionFinding> findings)
            throws AdmissionException, PluginStartException, IOException {
        pluginOperation.run(Action.ADMIT, () -> "replaces a bundle of the product");
        ProductBundle bundle = bundles.read(product.named(placed.id()).orElseThrow());
        List<InstalledPlugin> before = pluginContext.pluginInventory().stored(placed.id(), Optional.empty()).stream()
                .filter(installedPlugin -> installedPlugin.plugin().replaces()
                        && !installedPlugin
                                .file()
                                .equals(String.valueOf(placed.path().getFileName())))
                .toList();
        InstalledPlugin installedPlugin = record(placed, installSource, findings);
        if (bundle.takesUsAlong()) {
            pluginContext.state().handedOver(pluginOperation.id().orElseThrow());
        }
        try {
            pluginOperation.run(Action.SWITCH, () -> {
                bundle.replace(placed, pluginContext.folder().stage(placed));
                return "";
            });
        } catch (PluginStartException failed) {
            // written before the former content is restored: where that is this bundle, it must not try again
            pluginContext.pluginInventory().state(installedPlugin, PluginState.FAILED, failed.getMessage());
            bundle.restore();
            if (!bundle.takesUsAlong()) {
                pluginContext.pluginInventory().remove(List.of(installedPlugin));
            }
            throw failed;
        }
        if (bundle.takesUsAlong()) {
            return;
        }
        before.forEach(old -> {
            pluginContext.discard(old.file());
            pluginContext.pluginInventory().remove(List.of(old));
        });
        pluginContext.keep(installedPlugin.file());
        pluginContext.pluginInventory().forgetShown(placed.id());
        pluginOperation.succeed("replaces the bundle of the product; its removal restores that bundle");
        LOG.info("product bundle replaced bundle={} version={}", placed.id(), placed.version());
        pluginContext
                .pluginEventWriter()
                .write(
                        "plugin.installed",
                        installedPlugin.plugin(),
                        pluginOperation.id(),
                        pluginOperation.operation().origin().correlationId());
    }

    private InstalledPlugin record(PluginFile placed, InstallSource installSource, List<AdmissionFinding> findings) {
        Plugin plain = pluginStarter.record(
                placed,
                PluginState.ACTIVE,
                installSource,
                findings,
                Optional.empty(),
                List.of(),
                pluginContext.clock().instant());
        Plugin plugin = new Plugin(
                plain.id(),
                plain.version(),
                plain.artifact(),
                plain.state(),
                "replaces the bundle of the product",
                true,
                plain.installSource(),
                plain.admission(),
                plain.conformance(),
                plain.services(),
                plain.imports(),
                plain.times());
        return pluginContext.pluginInventory().put(new InstalledPlugin(plugin, true, List.of(), Optional.of(placed)));
    }

    /**
     * Applies a replacement again after a restart.
     *
     * @return false when this bundle has just replaced itself and must not continue
     */
    boolean isReplaced(InstalledPlugin installedPlugin, PluginFile read) {
        Optional<ProductBundle> bundle = product.named(read.id()).map(bundles::read);
        if (bundle.isEmpty() || bundle.get().holds(read)) {
            return true;
        }
        try {
            check(read);
            bundle.get().replace(read, pluginContext.folder().stage(read));
            return !bundle.get().takesUsAlong();
        } catch (AdmissionException | PluginStartException | IOException failed) {
            LOG.error("replacing product bundle failed file={} reason=\"{}\"", read.name(), failed.getMessage());
            pluginContext
                    .pluginInventory()
                    .state(installedPlugin, PluginState.FAILED, String.valueOf(failed.getMessage()));
            withdraw(installedPlugin.plugin());
            return !bundle.get().takesUsAlong();
        }
    }

    /** Returns whether this bundle was itself replaced meanwhile, so that its successor decides. */
    boolean havePassed() {
        return bundles.isOver();
    }

    /** Brings the product's own bundle back, for good. */
    void restore(Plugin plugin) throws IOException {
        withdraw(plugin);
    }

    Optional<AdmissionFinding> withdraw(Plugin plugin) {
        product.named(plugin.id()).map(bundles::read).ifPresent(bundle -> {
            try {
                bundle.restore();
            } catch (PluginStartException failed) {
                LOG.error("restoring product bundle failed bundle={} reason=\"{}\"", plugin.id(), failed.getMessage());
            }
        });
        return Optional.empty();
    }
}
