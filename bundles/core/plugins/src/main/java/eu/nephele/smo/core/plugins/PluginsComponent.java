// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.PluginSigners;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.core.plugins.settings.PluginsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Plugins as services of the framework. A change of the configuration counts from the next plugin on; nothing is restarted. */
@Component(
        service = {
            PluginService.class,
            PluginSigners.class,
            ServiceGate.class,
            ReplacedStrategies.class,
            HealthWarnings.class
        },
        immediate = true,
        configurationPid = PluginSettings.PID)
@Designate(ocd = PluginsConfig.class)
public final class PluginsComponent
        implements PluginService, PluginSigners, ServiceGate, ReplacedStrategies, HealthWarnings {

    private final AtomicReference<PluginSettings> settings;
    private final PluginModule pluginModule;
    private final AccessControl access;
    private final Authorizer authorizer;

    /** @throws IllegalArgumentException naming the key whose value makes no sense */
    @Activate
    public PluginsComponent(BundleContext context, PluginsConfig config) throws IOException {
        this(new AtomicReference<>(PluginSettings.from(config)), context);
    }

    private PluginsComponent(AtomicReference<PluginSettings> settings, BundleContext context) throws IOException {
        this(settings, module(context, settings), new InstalledAccess(context));
    }

    PluginsComponent(AtomicReference<PluginSettings> settings, PluginModule pluginModule, AccessControl access) {
        this.settings = settings;
        this.pluginModule = pluginModule;
        this.access = access;
        this.authorizer = access.authorizer("The plugin service");
    }

    private static PluginModule module(BundleContext context, AtomicReference<PluginSettings> settings)
            throws IOException {
        String data = Optional.ofNullable(context.getProperty("smo.data"))
                .orElseThrow(() -> new IllegalArgumentException(
                        PluginSettings.PID + ": the framework property smo.data says where plugins are kept"));
        return new PluginModule(context, Path.of(data), settings::get, Clock.systemUTC());
    }

    @Modified
    void modified(PluginsConfig config) {
        settings.set(PluginSettings.from(config));
    }

    @Deactivate
    void close() {
        authorizer.end();
        pluginModule.close();
        access.close();
    }

    @Override
    public List<Plugin> plugins(CallContext call) {
        return authorizer.list(call, plugin -> ResourceRef.plugin(plugin.id()), pluginModule.desk()::plugins);
    }

    @Override
    public List<Plugin> versions(String id, CallContext call) {
        return authorizer.list(call, plugin -> ResourceRef.plugin(plugin.id()), () -> pluginModule
                .desk()
                .versions(id));
    }

    /** Installs a plugin; the file itself names it, and the right to install covers all. */
    @Override
    public Operation install(Path file, String name, InstallSource installSource, CallContext call) {
        return authorizer.change(call, Verb.CREATE, ResourceRef.all(ResourceRef.PLUGIN), "install", () -> pluginModule
                .desk()
                .install(file, name, installSource, call.origin()));
    }

    @Override
    public Operation upgrade(String id, Path file, String name, boolean force, CallContext call) {
        return authorizer.change(call, Verb.UPDATE, ResourceRef.plugin(id), "upgrade", () -> pluginModule
                .desk()
                .upgrade(id, file, name, force, call.origin()));
    }

    @Override
    public Operation rollback(String id, boolean force, CallContext call) {
        return authorizer.change(call, Verb.UPDATE, ResourceRef.plugin(id), "rollback", () -> pluginModule
                .desk()
                .rollback(id, force, call.origin()));
    }

    @Override
    public void forget(String id, Optional<String> version, CallContext call) {
        authorizer.change(call, Verb.DELETE, ResourceRef.plugin(id), "forget", () -> {
            pluginModule.desk().forget(id, version);
            return id;
        });
    }

    @Override
    public Operation remove(String id, Optional<String> version, boolean force, CallContext call) {
        return authorizer.change(call, Verb.DELETE, ResourceRef.plugin(id), "remove", () -> pluginModule
                .desk()
                .remove(id, version, force, call.origin()));
    }

    @Override
    public Plugin stop(String id, Optional<String> version, boolean force, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, ResourceRef.plugin(id), "stop", () -> pluginModule
                .desk()
                .stop(id, version, force, call.origin()));
    }

    @Override
    public Plugin start(String id, Optional<String> version, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, ResourceRef.plugin(id), "start", () -> pluginModule
                .desk()
                .start(id, version, call.origin()));
    }

    @Override
    public List<PluginUse> uses(String id, CallContext call) {
        return authorizer
                .read(call, ResourceRef.plugin(id), () -> pluginModule.desk().uses(id))
                .stream()
                .filter(use -> authorizer.seesGraph(call, use.graph()))
                .toList();
    }

    @Override
    public List<PluginSigner> signers(CallContext call) {
        return authorizer.list(call, signer -> signer(signer.name()), pluginModule.signers()::signers);
    }

    @Override
    public PluginSigner trust(String name, Optional<SignerScope> scope, String certificate, CallContext call) {
        return authorizer.change(call, Verb.CREATE, signer(name), "trust", () -> pluginModule
                .signers()
                .trust(name, scope, certificate));
    }

    @Override
    public RevokedSigner revoke(String name, String fingerprint, String reason, boolean stop, CallContext call) {
        return authorizer.change(call, Verb.UPDATE, signer(name), "revoke", () -> pluginModule
                .signers()
                .revoke(name, fingerprint, reason, stop));
    }

    private static ResourceRef signer(String name) {
        return new ResourceRef(PluginSigners.KIND, "", name);
    }

    @Override
    public boolean open(long bundleId) {
        return pluginModule.gate().open(bundleId);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return pluginModule.gate().onChange(listener);
    }

    @Override
    public List<StrategyRef> kept() {
        return pluginModule.replaced().kept();
    }

    @Override
    public Activation bringUp(StrategyRef strategy) {
        return pluginModule.replaced().bringUp(strategy);
    }

    @Override
    public String subject() {
        return pluginModule.warnings().subject();
    }

    @Override
    public List<String> warnings() {
        return pluginModule.warnings().warnings();
    }
}
