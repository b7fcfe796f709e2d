// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configured file when this server begins to own its database: what was written while none ran counts, too. */
@Component(service = PoolFileAtStart.class, immediate = true)
public final class PoolFileAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(PoolFileAtStart.class);
    private static final long AGAIN_MILLIS = 500;

    private final PoolFiles files;
    private final Thread reading;

    @Activate
    public PoolFileAtStart(
            @Reference PoolFiles files,
            @Reference Tenure tenure,
            @Reference(target = "(" + ResourceController.KIND + "=" + PoolKind.NAME + ")")
                    ResourceController controller) {
        this.files = files;
        this.reading = new Thread(this::read, "smo-containers-file");
        reading.setDaemon(true);
        if (files.path().isPresent()) {
            reading.start();
        }
    }

    private void read() {
        try {
            while (!isRead()) {
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /** The kind may not be known to the core yet, and somebody may have changed the pool meanwhile. */
    private boolean isRead() {
        try {
            Optional<CheckedReload> reload = files.reloadIfChanged(CallContext.INTERNAL);
            reload.ifPresentOrElse(
                    PoolFileAtStart::log, () -> LOG.info("file of containers is the one that was read last"));
            return true;
        } catch (SmoException no) {
            boolean passes = no.kind() == SmoException.Kind.UNAVAILABLE || no.kind() == SmoException.Kind.CONFLICT;
            if (passes && !"file".equals(no.source())) {
                LOG.debug("the file of containers is read again soon", no);
                return false;
            }
            LOG.error("file of containers not taken, what ran before goes on: {}", no.getMessage());
            return true;
        }
    }

    private static void log(CheckedReload reload) {
        if (reload.errors().isEmpty()) {
            LOG.info("file of containers read warnings={}", reload.warnings().size());
        } else {
            LOG.error(
                    "file of containers not taken, what ran before goes on errors={} first=\"{}\"",
                    reload.errors().size(),
                    reload.errors().get(0).message());
        }
    }

    @Deactivate
    void end() throws InterruptedException {
        reading.interrupt();
        reading.join(TimeUnit.SECONDS.toMillis(2));
    }
}
