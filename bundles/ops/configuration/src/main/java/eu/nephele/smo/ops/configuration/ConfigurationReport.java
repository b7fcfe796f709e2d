// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a warning for each configuration and each property without a reader: a misspelt name is otherwise ignored
 * silently. It checks some time after a change, on a thread of its own, so that it neither delays a start nor reports a
 * bundle that is about to be installed. After bundles have started or stopped it checks all configurations again.
 */
@Component(
        service = {ConfigurationListener.class, HealthWarnings.class},
        immediate = true)
public final class ConfigurationReport implements ConfigurationListener, BundleListener, HealthWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReport.class);
    private static final long SETTLE_MILLIS = 3_000;

    private final ConfigurationAdmin configurations;
    private final Supplier<ConfigurationReaders> readers;
    private final ScheduledExecutorService executor;
    private final Map<String, List<String>> findings = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean readersChanged = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Consumer<BundleListener> farewell;
    private volatile @Nullable ScheduledFuture<?> next;

    @Activate
    public ConfigurationReport(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference MetaTypeService metatype,
            @Reference ServiceComponentRuntime components) {
        this(
                configurations,
                () -> new InstalledReaders(context, metatype, components),
                new ScheduledThreadPoolExecutor(1, ConfigurationReport::thread),
                context::removeBundleListener);
        context.addBundleListener(this);
    }

    /** @param farewell called with this report when it no longer listens to bundles */
    ConfigurationReport(
            ConfigurationAdmin configurations,
            Supplier<ConfigurationReaders> readers,
            ScheduledExecutorService executor,
            Consumer<BundleListener> farewell) {
        this.configurations = configurations;
        this.readers = readers;
        this.executor = executor;
        this.farewell = farewell;
        present(null).forEach(configuration -> changed.add(configuration.getPid()));
        lookLater();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "smo-configuration-report");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            findings.remove(event.getPid());
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            changed.add(event.getPid());
            lookLater();
        }
    }

    /** Updates the readers when a bundle starts or stops; the components of a bundle are known once it has started. */
    @Override
    public void bundleChanged(BundleEvent event) {
        int readers = BundleEvent.RESOLVED | BundleEvent.STARTED | BundleEvent.UPDATED | BundleEvent.UNINSTALLED;
        if ((event.getType() & readers) != 0) {
            readersChanged.set(true);
            lookLater();
        }
    }

    private void lookLater() {
        if (!due.getAndSet(true)) {
            try {
                next = executor.schedule(this::refresh, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                LOG.debug("checking configurations skipped; the component has been stopped");
            }
        }
    }

    @Deactivate
    void stop() {
        farewell.accept(this);
        Optional.ofNullable(next).ifPresent(look -> look.cancel(false));
        executor.shutdownNow();
    }

    private void refresh() {
        due.set(false);
        boolean again = readersChanged.getAndSet(false);
        List<String> pids = changed.stream().sorted().toList();
        pids.forEach(changed::remove);
        try {
            UnreadConfigurationCheck check = new UnreadConfigurationCheck(readers.get());
            if (again) {
                present(null).stream()
                        .filter(configuration -> !pids.contains(configuration.getPid()))
                        .forEach(configuration -> report(check, configuration, false));
            }
            pids.stream()
                    .flatMap(pid -> present("(service.pid=" + escaped(pid) + ")").stream())
                    .forEach(configuration -> report(check, configuration, true));
        } catch (RuntimeException failed) {
            changed.addAll(pids);
            readersChanged.compareAndSet(false, again);
            LOG.warn("checking configurations failed", failed);
        }
    }

    /** @param changed whether to log known findings again */
    private void report(UnreadConfigurationCheck check, Configuration configuration, boolean changed) {
        Optional.ofNullable(configuration.getProperties()).ifPresent(properties -> {
            String pid = Objects.requireNonNullElse(configuration.getFactoryPid(), configuration.getPid());
            Optional<String> file = Optional.ofNullable(properties.get(UnreadConfigurationCheck.FILE))
                    .map(Object::toString)
                    .map(name -> name.substring(name.lastIndexOf('/') + 1));
            List<String> found = check.findings(pid, Collections.list(properties.keys()), file);
            List<String> before = Objects.requireNonNullElse(findings.put(configuration.getPid(), found), List.of());
            found.stream()
                    .filter(finding -> changed || !before.contains(finding))
                    .forEach(LOG::warn);
        });
    }

    @Override
    public String subject() {
        return "configuration";
    }

    @Override
    public List<String> warnings() {
        return findings.values().stream().flatMap(List::stream).sorted().toList();
    }

    private List<Configuration> present(@Nullable String filter) {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (IOException | InvalidSyntaxException unreadable) {
            throw new IllegalStateException("The configurations cannot be listed", unreadable);
        }
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }
}
