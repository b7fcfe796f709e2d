// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.EventPublisher;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.jpa.EntityManagerFactoryBuilder;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configured database on a thread of its own and publishes it; the stores appear with it. A database that is away at the
 * start is tried again until it is there: nothing else waits for it.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = StoreSettings.PID)
@Designate(ocd = StoreConfig.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.core.store.Database\"",
        effective = "active")
public final class DatabaseOpener {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOpener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final long CLOSE_WITHIN_SECONDS = 4;

    /** Exit status of a server whose database another one uses, as that of one whose port or data directory is in use. */
    static final int IN_USE = 2;

    private static final Duration OWNER_PAUSE = Duration.ofMillis(500);
    private static final int H2_OPEN_ELSEWHERE = 90020;

    private final BundleContext context;
    private final StoreConfig config;
    private final EntityManagerFactoryBuilder units;
    private final ScheduledExecutorService executor;
    private final AtomicReference<@Nullable Open> open = new AtomicReference<>();
    private final CurrentPublisher publisher = new CurrentPublisher();
    private final IntConsumer end;
    private OptionalLong ownedSince = OptionalLong.empty();
    private volatile boolean closing;
    private volatile @Nullable ScheduledFuture<?> next;

    @Activate
    public DatabaseOpener(
            BundleContext context,
            StoreConfig config,
            @Reference(target = "(osgi.unit.name=" + Database.UNIT + ")") EntityManagerFactoryBuilder units) {
        this(context, config, units, DatabaseOpener::endServer);
    }

    /** @param end ends the process with an exit status, later and elsewhere */
    DatabaseOpener(BundleContext context, StoreConfig config, EntityManagerFactoryBuilder units, IntConsumer end) {
        this.end = end;
        this.context = context;
        this.config = config;
        this.units = units;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "smo-store-opener"));
        executor.execute(() -> attempt(FIRST_PAUSE));
    }

    /** On a thread of its own, because the end waits for the calling one. */
    private static void endServer(int status) {
        new Thread(() -> System.exit(status), "smo-end").start();
    }

    /** Comes after the database: it reads what it publishes there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setPublisher(EventPublisher present) {
        publisher.set(present);
    }

    void unsetPublisher(EventPublisher former) {
        publisher.unset(former);
    }

    private void attempt(Duration pause) {
        try {
            open(StoreSettings.of(config, Optional.ofNullable(context.getProperty("smo.data"))));
        } catch (IllegalArgumentException | SchemaTooNewException e) {
            // Said here and not thrown out of the constructor: what the component runtime logs, few people see.
            LOG.error("store cannot be opened until that is changed: {}", e.getMessage());
        } catch (SQLException | IOException e) {
            LOG.warn("store not available, next attempt in {} ms: {}", pause.toMillis(), reason(e));
            tryAgain(pause);
        } catch (RuntimeException e) {
            LOG.warn("store not opened, next attempt in {} ms", pause.toMillis(), e);
            tryAgain(pause);
        }
    }

    /** A server that was killed leaves its session for a moment, one that ends takes some seconds: these are waited for. */
    private void owned(OwnedElsewhereException e, Duration wait) {
        long now = System.nanoTime();
        long since = ownedSince.orElse(now);
        if (ownedSince.isEmpty()) {
            ownedSince = OptionalLong.of(now);
            LOG.warn("{} Waited for, {} s at most.", e.getMessage(), wait.toSeconds());
        }
        if (now - since > wait.toNanos()) {
            LOG.error("{} It has not ended within {} s: this server ends.", e.getMessage(), wait.toSeconds());
            end.accept(IN_USE);
        } else if (!closing) {
            next = executor.schedule(() -> attempt(FIRST_PAUSE), OWNER_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** With what the driver says: the pool above it says only that it has no connection. */
    private static String reason(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        if (isOpenElsewhere(failure)) {
            return "the file of the embedded database is open in another process, which has to end first: " + said;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                said = failure.getMessage() + " (" + cause.getMessage() + ")";
            }
        }
        return said;
    }

    private static boolean isOpenElsewhere(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_OPEN_ELSEWHERE) {
                return true;
            }
        }
        return false;
    }

    private void open(StoreSettings settings) throws SQLException, IOException {
        if (closing) {
            return;
        }
        try {
            Database database = new DatabaseConnector(
                            context, settings, units::createEntityManagerFactory, publisher, () -> end.accept(IN_USE))
                    .open();
            ownedSince = OptionalLong.empty();
            open.set(new Open(database, context.registerService(Database.class, database, null), settings.place()));
            LOG.info("store opened: {}", settings.place());
        } catch (OwnedElsewhereException e) {
            owned(e, settings.ownerWait());
        }
    }

    private void tryAgain(Duration pause) {
        if (!closing) {
            Duration longer = pause.multipliedBy(2);
            Duration following = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            next = executor.schedule(() -> attempt(following), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Withdraws the stores, then closes the database. */
    @Deactivate
    void close() throws InterruptedException {
        closing = true;
        ScheduledFuture<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
        // Never interrupted: an interrupt in the middle of opening would close H2's file under it.
        executor.execute(this::closeDatabase);
        executor.shutdown();
        if (!executor.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the store takes longer than {} s to close", CLOSE_WITHIN_SECONDS);
        }
    }

    private void closeDatabase() {
        Open opened = open.getAndSet(null);
        if (opened != null) {
            opened.registration().unregister();
            opened.database().close();
            LOG.info("store closed: {}", opened.place());
        }
    }

    private record Open(Database database, ServiceRegistration<Database> registration, String place) {}
}
