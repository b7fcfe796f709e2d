// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.outside.SecretServices;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.SignerTrust;
import eu.nephele.smo.core.plugins.admission.TrustStore;
import eu.nephele.smo.core.plugins.files.FolderWatch;
import eu.nephele.smo.core.plugins.files.PluginFolder;
import eu.nephele.smo.core.plugins.files.StateFile;
import eu.nephele.smo.core.plugins.life.ConformanceExamination;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import eu.nephele.smo.core.plugins.life.PluginBundles;
import eu.nephele.smo.core.plugins.life.PluginGate;
import eu.nephele.smo.core.plugins.life.ProcessCallWeavers;
import eu.nephele.smo.core.plugins.life.ProductBundle;
import eu.nephele.smo.core.plugins.life.ProductInventory;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about plugins, put together; also for programs that embed the core. */
public final class PluginModule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginModule.class);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration STORE_POLL = Duration.ofSeconds(1);

    private final BundleContext context;
    private final Path data;
    private final Supplier<PluginSettings> settings;
    private final OptionalServices optionalServices;
    private final PluginEventWriter pluginEventWriter;
    private final PluginOperationLog operations;
    private final PluginWorker worker = new PluginWorker();
    private final PluginGate pluginGate;
    private final PluginContext pluginContext;
    private final FolderInstallSource folderInstallSource;
    private final ConsoleInstallSource consoleInstallSource;
    private final StartupRestorer restoring;
    private final PluginLifecycle pluginLifecycle;
    private final SignerLifecycle signerLifecycle;
    private final ReplacedStrategyActivator replacedStrategyActivator;
    private final PluginStoreSync pluginStoreSync;
    private final HealthWarnings warnings;
    private final List<ServiceRegistration<?>> hooks;
    private final ProcessCallWeavers guards;
    /** The role in which this server has closed operations of former processes; a new role can see more of them. */
    private StoreAuthority.AuthorityRole endedAs = StoreAuthority.AuthorityRole.STANDBY;

    /**
     * Opens the install sources; installed plugins are restored in the background.
     *
     * @throws IOException when the folder of plugins cannot be used
     */
    public PluginModule(BundleContext context, Path data, Supplier<PluginSettings> settings, Clock clock)
            throws IOException {
        this.context = context;
        this.data = data;
        this.settings = settings;
        ProductInventory product = new ProductInventory(context);
        this.optionalServices = new OptionalServices(context);
        this.pluginGate = new PluginGate(product);
        this.hooks = List.of(
                context.registerService(ResolverHookFactory.class, pluginGate, null),
                context.registerService(CollisionHook.class, pluginGate, null));
        this.guards = new ProcessCallWeavers(context, product);
        PluginFolder folder = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"));
        StoreAuthority storeAuthority = new StoreAuthority(optionalServices);
        PluginStoreWriter pluginStoreWriter = new PluginStoreWriter(optionalServices, folder);
        this.pluginEventWriter = new PluginEventWriter(optionalServices, clock, pluginStoreWriter, storeAuthority);
        this.operations = new PluginOperationLog(optionalServices, pluginEventWriter, clock);
        StateFile state = new StateFile(folder, pluginStoreWriter);
        PluginBundles pluginBundles = new PluginBundles(context, pluginGate, optionalServices, settings);
        PluginInventory pluginInventory = new PluginInventory(state, pluginBundles, clock);
        this.pluginContext = new PluginContext(
                folder,
                new FolderWatch(folder, clock),
                state,
                pluginInventory,
                pluginBundles,
                pluginGate,
                pluginEventWriter,
                clock,
                settings,
                storeAuthority);
        PluginStarter pluginStarter = new PluginStarter(
                folder,
                pluginBundles,
                new ConformanceExamination(context, pluginBundles),
                state,
                pluginInventory,
                settings,
                clock);
        PluginInstaller installing = new PluginInstaller(pluginContext, pluginStarter);
        BundleOverrides overrides = new BundleOverrides(
                pluginContext, product, pluginStarter, installing, new ProductBundle.Factory(context));
        PluginRemover removing = new PluginRemover(pluginContext, overrides);
        PluginUsage pluginUsage = new PluginUsage(optionalServices);
        PluginUpgrader pluginUpgrader = new PluginUpgrader(
                pluginContext,
                pluginStarter,
                installing,
                removing,
                new UpgradeRehearsal(optionalServices, clock),
                new CanaryMonitor(optionalServices),
                pluginUsage);
        Supplier<FileReader> reader = () -> new FileReader(
                settings.get(), new SignerTrust(trust(), state.now().signers()), folder.scratch(), clock);
        InstallRouter installRouter =
                new InstallRouter(pluginContext, reader, pluginStarter, overrides, installing, pluginUpgrader);
        this.folderInstallSource =
                new FolderInstallSource(pluginContext, reader, operations, installRouter, removing, pluginUsage);
        this.consoleInstallSource =
                new ConsoleInstallSource(product, worker, pluginContext, reader, pluginStarter, installing, removing);
        this.restoring = new StartupRestorer(pluginContext, reader, pluginStarter, overrides);
        StandbyDivergence standbyDivergence = new StandbyDivergence(pluginContext, reader);
        this.pluginStoreSync = new PluginStoreSync(
                pluginContext,
                pluginStoreWriter,
                new StandbySync(pluginContext, standbyDivergence, restoring, removing, overrides));
        this.warnings = new PluginWarnings(pluginStoreWriter, standbyDivergence, new RevokedPlugins(pluginContext));
        this.pluginLifecycle =
                new PluginLifecycle(pluginContext, worker, reader, operations, installRouter, removing, pluginUsage);
        this.signerLifecycle = new SignerLifecycle(pluginContext, worker, removing);
        this.replacedStrategyActivator = new ReplacedStrategyActivator(pluginContext, worker, reader, pluginStarter);
        letThrough(state, pluginBundles);
        worker.run("restoring the plugins", this::begin);
    }

    /** Admits services that ran while this bundle was exchanged, without an interruption. */
    private void letThrough(StateFile state, PluginBundles pluginBundles) {
        state.now().plugins().stream()
                .filter(plugin -> plugin.state() == Plugin.PluginState.ACTIVE && !plugin.replaces())
                .map(plugin -> pluginBundles.present(plugin.artifact()))
                .filter(bundles -> !bundles.isEmpty())
                .forEach(bundles -> {
                    pluginGate.admit(bundles);
                    pluginGate.open(bundles);
                });
    }

    private void begin() {
        if (!restoring.run()) {
            return;
        }
        try {
            context.addBundleListener(consoleInstallSource);
            consoleInstallSource.catchUp();
            endFormer();
        } finally {
            poll();
        }
    }

    private void poll() {
        boolean more = false;
        try {
            more = pluginStoreSync.poll() && folderInstallSource.poll();
        } finally {
            // also after a failure: without the next poll no file would ever be seen again
            worker.later(
                    "poll of the plugin folder",
                    more ? SOON : settings.get().poll().folder(),
                    this::poll);
        }
    }

    private void endFormer() {
        try {
            StoreAuthority.AuthorityRole role = pluginContext.storeAuthority().role();
            if (role == StoreAuthority.AuthorityRole.STANDBY
                    || (role != endedAs && pluginStoreSync.mayEndFormer() && endFormerNow())) {
                endedAs = role;
            }
        } catch (RuntimeException | IOException failed) {
            LOG.warn("closing operations of a previous process failed reason=\"{}\"; retrying", failed.getMessage());
        } finally {
            worker.later("closing operations of a previous process", STORE_POLL, this::endFormer);
        }
    }

    private boolean endFormerNow() throws IOException {
        String handedOver = pluginContext.state().now().handedOver();
        Optional<String> outcome = pluginContext.pluginInventory().all().stream()
                .map(InstalledPlugin::plugin)
                .filter(plugin -> plugin.replaces() && plugin.state() == Plugin.PluginState.FAILED)
                .findFirst()
                .map(Plugin::why);
        boolean done = operations.endFormer(handedOver, outcome);
        if (done && !handedOver.isEmpty()) {
            pluginContext.state().handedOver("");
        }
        return done;
    }

    /** Read at each use: who is trusted from now on needs no restart. */
    private TrustStore trust() {
        PluginSettings now = settings.get();
        if (now.signature() == PluginSettings.Policy.OFF) {
            return TrustStore.NOBODY;
        }
        try {
            String password = now.trustPassword().isEmpty()
                    ? ""
                    : new SecretServices(context).resolve(now.trustPassword()).orElse("");
            return TrustStore.read(data.resolve(now.trust()), password.toCharArray());
        } catch (IOException unreadable) {
            LOG.error("reading trust store failed reason=\"{}\"; no signer is trusted", unreadable.getMessage());
            return TrustStore.NOBODY;
        }
    }

    public PluginLifecycle desk() {
        return pluginLifecycle;
    }

    public SignerLifecycle signers() {
        return signerLifecycle;
    }

    public HealthWarnings warnings() {
        return warnings;
    }

    public ReplacedStrategies replaced() {
        return replacedStrategyActivator;
    }

    public PluginGate gate() {
        return pluginGate;
    }

    @Override
    public void close() {
        // when this bundle has replaced itself, the framework has unregistered these already
        if (!worker.isThisThread()) {
            context.removeBundleListener(consoleInstallSource);
            context.removeFrameworkListener(guards);
        }
        worker.close();
        replacedStrategyActivator.close();
        hooks.forEach(ServiceRegistration::unregister);
        guards.close();
        pluginEventWriter.close();
        optionalServices.close();
    }
}
