// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
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
        service = {PluginService.class, ServiceGate.class, ReplacedStrategies.class},
        immediate = true,
        configurationPid = PluginSettings.PID)
@Designate(ocd = PluginsConfig.class)
public final class PluginsComponent implements PluginService, ServiceGate, ReplacedStrategies {

    private final AtomicReference<PluginSettings> settings;
    private final PluginRoom room;

    /**
     * @throws IllegalArgumentException naming the key whose value makes no sense
     * @throws IOException when the folder of plugins cannot be used
     */
    @Activate
    public PluginsComponent(BundleContext context, PluginsConfig config) throws IOException {
        settings = new AtomicReference<>(PluginSettings.of(config));
        String data = Optional.ofNullable(context.getProperty("smo.data"))
                .orElseThrow(() -> new IllegalArgumentException(
                        PluginSettings.PID + ": the framework property smo.data says where plugins are kept"));
        room = new PluginRoom(context, Path.of(data), settings::get, Clock.systemUTC());
    }

    @Modified
    void modified(PluginsConfig config) {
        settings.set(PluginSettings.of(config));
    }

    @Deactivate
    void close() {
        room.close();
    }

    @Override
    public List<Plugin> plugins() {
        return room.desk().plugins();
    }

    @Override
    public List<Plugin> versions(String id) {
        return room.desk().versions(id);
    }

    @Override
    public Operation install(Path file, String name, Door door, RequestOrigin origin) {
        return room.desk().install(file, name, door, origin);
    }

    @Override
    public Operation upgrade(String id, Path file, String name, boolean force, RequestOrigin origin) {
        return room.desk().upgrade(id, file, name, force, origin);
    }

    @Override
    public Operation rollback(String id, boolean force, RequestOrigin origin) {
        return room.desk().rollback(id, force, origin);
    }

    @Override
    public void forget(String id, Optional<String> version) {
        room.desk().forget(id, version);
    }

    @Override
    public Operation remove(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        return room.desk().remove(id, version, force, origin);
    }

    @Override
    public Plugin stop(String id, Optional<String> version, boolean force, RequestOrigin origin) {
        return room.desk().stop(id, version, force, origin);
    }

    @Override
    public Plugin start(String id, Optional<String> version, RequestOrigin origin) {
        return room.desk().start(id, version, origin);
    }

    @Override
    public List<Use> uses(String id) {
        return room.desk().uses(id);
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
    public Visit bringUp(StrategyRef strategy) {
        return room.replaced().bringUp(strategy);
    }
}
