// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which settings name what is not installed. In the log a while after the configuration has changed, so that what is about to
 * come has come; in the health at any time.
 */
@Component(service = HealthWarnings.class, immediate = true, configurationPid = ConfiguredSettings.PID)
public final class DefaultsReport implements HealthWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultsReport.class);
    private static final long SETTLE_MILLIS = 5_000;

    private final StrategyCatalog catalog;
    private final ScheduledExecutorService executor;

    @Activate
    public DefaultsReport(@Reference StrategyCatalog catalog) {
        this(catalog, new ScheduledThreadPoolExecutor(1, DefaultsReport::thread));
    }

    DefaultsReport(StrategyCatalog catalog, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.executor = executor;
        modified();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "smo-strategy-defaults");
        thread.setDaemon(true);
        return thread;
    }

    @Modified
    void modified() {
        var unused = executor.schedule(this::log, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        executor.shutdownNow();
    }

    private void log() {
        try {
            warnings().forEach(LOG::warn);
        } catch (RuntimeException failed) {
            LOG.warn("checking the configured defaults failed pid={}", ConfiguredSettings.PID, failed);
        }
    }

    @Override
    public String subject() {
        return "defaults";
    }

    @Override
    public List<String> warnings() {
        return catalog.defaults(CallContext.INTERNAL).stream()
                .filter(each -> !each.remark().isEmpty())
                .map(each -> "%s: %s=%s has no effect: %s"
                        .formatted(ConfiguredSettings.PID, each.key(), each.value(), each.remark()))
                .toList();
    }
}
