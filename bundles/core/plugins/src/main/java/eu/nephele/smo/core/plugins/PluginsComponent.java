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
        service = {PluginService.class, ServiceGate.class, ReplacedStrategies.class, HealthWarnings.class},
        immediate = true,
        configurationPid = PluginSettings.PID)
@Designate(ocd = PluginsConfig.class)
public final class PluginsComponent implements PluginService, ServiceGate, ReplacedStrategies, HealthWarnings {

    private final AtomicReference<PluginSettings> settings;
    private final PluginModule room;
    private final AccessControl access;
    private final Authorizer keeper;

    /**
     * @throws IllegalArgumentException naming the key whose value makes no sense
     * @throws IOException when the folder of plugins cannot be used
     */
    @Activate
    public PluginsComponent(BundleContext context, PluginsConfig config) throws IOException {
        this(new AtomicReference<>(PluginSettings.from(config)), context);
    }

    private PluginsComponent(AtomicReference<PluginSettings> settings, BundleContext context) throws IOException {
        this(settings, room(context, settings), new InstalledAccess(context));
    }

    PluginsComponent(AtomicReference<PluginSettings> settings, PluginModule room, AccessControl access) {
        this.settings = settings;
        this.room = room;
        this.access = access;
        this.keeper = access.doorkeeper("The plugin service");
    }

    private static PluginModule room(BundleContext context, AtomicReference<PluginSettings> settings)
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
        keeper.end();
        room.close();
        access.close();
    }

    @Override
    public List<Plugin> plugins(CallContext call) {
        return keeper.list(call, plugin -> ResourceRef.plugin(plugin.id()), room.desk()::plugins);
    }

    @Override
    public List<Plugin> versions(String id, CallContext call) {
        return keeper.list(call, plugin -> ResourceRef.plugin(plugin.id()), () -> room.desk()
                .versions(id));
    }

    /** Installs a plugin; the file itself names it, and the right to install covers all. */
    @Override
    public Operation install(Path file, String name, InstallSource installSource, CallContext call) {
        return keeper.change(call, Verb.CREATE, ResourceRef.all(ResourceRef.PLUGIN), "install", () -> room.desk()
                .install(file, name, installSource, call.origin()));
    }

    @Override
    public Operation upgrade(String id, Path file, String name, boolean force, CallContext call) {
        return keeper.change(call, Verb.UPDATE, ResourceRef.plugin(id), "upgrade", () -> room.desk()
                .upgrade(id, file, name, force, call.origin()));
    }

    @Override
    public Operation rollback(String id, boolean force, CallContext call) {
        return keeper.change(call, Verb.UPDATE, ResourceRef.plugin(id), "rollback", () -> room.desk()
                .rollback(id, force, call.origin()));
    }

    @Override
    public void forget(String id, Optional<String> version, CallContext call) {
        keeper.change(call, Verb.DELETE, ResourceRef.plugin(id), "forget", () -> {
            room.desk().forget(id, version);
            return id;
        });
    }

    @Override
    public Operation remove(String id, Optional<String> version, boolean force, CallContext call) {
        return keeper.change(call, Verb.DELETE, ResourceRef.plugin(id), "remove", () -> room.desk()
                .remove(id, version, force, call.origin()));
    }

    @Override
    public Plugin stop(String id, Optional<String> version, boolean force, CallContext call) {
        return keeper.change(call, Verb.OPERATE, ResourceRef.plugin(id), "stop", () -> room.desk()
                .stop(id, version, force, call.origin()));
    }

    @Override
    public Plugin start(String id, Optional<String> version, CallContext call) {
        return keeper.change(call, Verb.OPERATE, ResourceRef.plugin(id), "start", () -> room.desk()
                .start(id, version, call.origin()));
    }

    @Override
    public List<PluginUse> uses(String id, CallContext call) {
        return keeper.read(call, ResourceRef.plugin(id), () -> room.desk().uses(id)).stream()
                .filter(use -> keeper.seesGraph(call, use.graph()))
                .toList();
    }

    @Override
    public boolean open(long bundleId) {
        return room.gate().open(bundleId);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return room.gate().onChange(listener);
    }

    @Override
    public List<StrategyRef> kept() {
        return room.replaced().kept();
    }

    @Override
    public Activation bringUp(StrategyRef strategy) {
        return room.replaced().bringUp(strategy);
    }

    @Override
    public String subject() {
        return room.warnings().subject();
    }

    @Override
    public List<String> warnings() {
        return room.warnings().warnings();
    }
}
