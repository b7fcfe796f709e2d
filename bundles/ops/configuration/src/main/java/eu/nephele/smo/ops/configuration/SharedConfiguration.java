// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Configuration changed in the running owner is stored; a standby applies it and reports differences (ADR 0063). */
@Component(
        service = {ConfigurationChanges.class, ConfigurationListener.class, HealthWarnings.class},
        immediate = true)
public final class SharedConfiguration implements ConfigurationChanges, ConfigurationListener, HealthWarnings {

    /** Framework property with the watched folder: {@code DATA/etc}, or the one given by {@code --config}. */
    private static final String FOLDER_READ = "felix.fileinstall.dir";

    private static final String DATA = "smo.data";
    private static final long LOOK_MILLIS = 500;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final CurrentConfigurations currentConfigurations;
    private final OwnerServices ownerServices;
    private final ChangeApplier changeApplier;
    private final ConfigurationSync configurationSync;
    private final AutoCloseable end;

    /** @throws IllegalArgumentException when the framework properties name no folder */
    @Activate
    public SharedConfiguration(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference ExpectedConfigurations expected) {
        this.currentConfigurations = new CurrentConfigurations(configurations);
        this.changeApplier = new ChangeApplier(new ConfigurationFolder(folder(context)));
        InstalledSurroundings installed = new InstalledSurroundings(context);
        InstalledAccess access = new InstalledAccess(context);
        this.ownerServices = installed;
        ConfigurationDigests digests = new ConfigurationDigests(
                Optional.ofNullable(context.getProperty(DATA)).orElse(""));
        this.configurationSync = new ConfigurationSync(
                ownerServices,
                changeApplier,
                new RunningChanges(currentConfigurations, expected, changeApplier, access.audit()),
                new OwnerComparison(currentConfigurations, digests),
                System::nanoTime);
        ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1, SharedConfiguration::thread);
        var unused = executor.scheduleWithFixedDelay(
                configurationSync::poll, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        this.end = () -> {
            // A poll in progress ends by itself: an interrupt would close the file of the embedded database.
            executor.shutdown();
            installed.close();
            access.close();
        };
    }

    private static Path folder(BundleContext context) {
        return Optional.ofNullable(context.getProperty(FOLDER_READ))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .or(() -> Optional.ofNullable(context.getProperty(DATA)).map(data -> Path.of(data, "etc")))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The folder of configurations is unknown: the framework properties %s and %s are missing"
                                .formatted(FOLDER_READ, DATA)));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "smo-shared-configuration");
        thread.setDaemon(true);
        return thread;
    }

    @Deactivate
    void stop() throws Exception {
        end.close();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) {
            configurationSync.changed(event.getPid());
        }
    }

    @Override
    public Map<String, Object> present(String pid) {
        return currentConfigurations.properties(pid);
    }

    @Override
    public void write(String pid, Map<String, Object> properties) {
        ConfigurationStore store = ownerServices
                .store()
                .orElseThrow(
                        () -> unavailable(("The configuration %s was not changed: the database is not open. Try again;"
                                        + " see /health/ready.")
                                .formatted(pid)));
        try {
            changeApplier.change(store, pid, Optional.of(TypedText.render(properties)));
        } catch (IOException e) {
            throw unavailable("The configuration %s could not be written in %s (%s). Check the disk, then try again."
                    .formatted(pid, changeApplier.folder(), e));
        }
    }

    private static SmoException unavailable(String message) {
        return SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", message, Optional.of(AGAIN));
    }

    @Override
    public String subject() {
        return "shared-configuration";
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(configurationSync.failure().stream().toList());
        all.addAll(configurationSync.differences());
        return all;
    }
}
