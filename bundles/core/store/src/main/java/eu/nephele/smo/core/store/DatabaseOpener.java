// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.owner.Owner;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jpa.EntityManagerFactoryBuilder;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configured database on a thread of its own and publishes it; the stores appear with it. Opening a database
 * that is unavailable at the start is retried until it succeeds: nothing else waits for it.
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
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.core.contract.owner.Ownership\"",
        effective = "active")
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.api.runtime.Tenure\"",
        effective = "active")
public final class DatabaseOpener {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOpener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final long CLOSE_WITHIN_SECONDS = 4;

    /** Exit status of a server that has to start again: it has lost its database to another one, and stands by then. */
    static final int RESTART = 70;

    private static final int H2_OPEN_ELSEWHERE = 90020;

    private final BundleContext context;
    private final StoreConfig config;
    private final EntityManagerFactoryBuilder units;
    private final ScheduledExecutorService executor;
    private final AtomicReference<@Nullable DatabaseServices> open = new AtomicReference<>();
    private final CurrentCommitListener publisher = new CurrentCommitListener();
    private final IntConsumer end;
    // of the executor's thread
    private @Nullable Lease lease;
    private boolean waits;
    private volatile boolean closing;
    private volatile @Nullable ScheduledFuture<?> next;

    @Activate
    public DatabaseOpener(
            BundleContext context,
            StoreConfig config,
            @Reference(target = "(osgi.unit.name=" + Database.UNIT + ")") EntityManagerFactoryBuilder units) {
        this(context, config, units, Runtime.getRuntime()::halt);
    }

    /** @param end ends the process with an exit status */
    DatabaseOpener(BundleContext context, StoreConfig config, EntityManagerFactoryBuilder units, IntConsumer end) {
        this.end = end;
        this.context = context;
        this.config = config;
        this.units = units;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "smo-store-opener"));
        executor.execute(() -> attempt(FIRST_PAUSE));
    }

    /** Comes after the database: it reads what it publishes there. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setPublisher(CommitListener present) {
        publisher.set(present);
    }

    void unsetPublisher(CommitListener former) {
        publisher.unset(former);
    }

    private void attempt(Duration pause) {
        try {
            open(StoreSettings.of(config, Optional.ofNullable(context.getProperty("smo.data"))));
        } catch (IllegalArgumentException | SchemaTooNewException e) {
            // Logged here instead of thrown by the constructor: few people see the log of the component runtime.
            LOG.error("opening store failed reason=\"{}\"; not retrying", e.getMessage());
        } catch (SQLException | IOException e) {
            LOG.warn("store not available retryMillis={} reason=\"{}\"", pause.toMillis(), reason(e));
            tryAgain(pause);
        } catch (RuntimeException e) {
            LOG.warn("opening store failed retryMillis={}", pause.toMillis(), e);
            tryAgain(pause);
        } catch (Error e) {
            // The executor would keep it to itself, and the server without a store for ever. While bundles start, the
            // framework may refuse a class that it has a moment later.
            LOG.error("opening store failed retryMillis={}", pause.toMillis(), e);
            tryAgain(pause);
        }
    }

    /** The message of the driver: that of the pool above it says only that it has no connection. */
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
        DatabaseConnector connector =
                new DatabaseConnector(context, settings, units::createEntityManagerFactory, publisher);
        OwnerCandidate here = OwnerCandidate.here(
                settings.data(), settings.address().or(() -> AdvertisedAddress.address(context::getProperty)));
        if (settings.isPostgresql()) {
            open(settings, connector, here);
        } else {
            alone(settings, connector.open(), here);
        }
    }

    private void alone(StoreSettings settings, Database database, OwnerCandidate here) {
        try {
            SoleOwner owner = SoleOwner.create(database, here);
            open.set(new DatabaseServices(context, database, owner, Optional.of(owner), settings.place()));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        LOG.info("store opened: {}", settings.place());
    }

    private void open(StoreSettings settings, DatabaseConnector connector, OwnerCandidate here)
            throws SQLException, IOException {
        Lease sought = lease(settings, connector, here);
        Seeking seeking = new Seeking(sought, connector);
        try {
            boolean owner = seeking.start();
            if (!owner && !isUsable(sought, connector)) {
                await(sought);
                return;
            }
            sought.rely();
            Optional<Tenure> tenure = owner ? Optional.of(sought) : Optional.empty();
            DatabaseServices opened =
                    new DatabaseServices(context, connector.open(sought), sought, tenure, settings.place());
            open.set(opened);
            if (owner) {
                LOG.info("store opened: {}", settings.place());
            } else {
                LOG.info("store opened as standby place={} owner=\"{}\"", settings.place(), said(sought));
                later(() -> takeOver(seeking, sought, opened), sought.pause());
            }
        } catch (SchemaTooNewException | IllegalArgumentException e) {
            lease = null;
            sought.close();
            throw e;
        }
    }

    /** The same in all attempts: one may be held already. */
    private Lease lease(StoreSettings settings, DatabaseConnector connector, OwnerCandidate here)
            throws SQLException, IOException {
        Lease known = lease;
        if (known == null) {
            known = new Lease(
                    connector.leaseSource(),
                    here,
                    settings.lease(),
                    System::nanoTime,
                    System::currentTimeMillis,
                    this::restart);
            lease = known;
        }
        return known;
    }

    /** Returns whether this version can read the tables, which an owner of another version may have changed. */
    private static boolean isUsable(Lease lease, DatabaseConnector connector) throws SQLException, IOException {
        DataSource source = connector.migrationSource();
        return lease.isKnown() && SchemaMigration.isCurrent(source, SqlDialect.from(source));
    }

    private void await(Lease lease) {
        if (!waits) {
            waits = true;
            LOG.warn(
                    "database is owned by a server of another version, or by one that is creating its tables"
                            + " owner=\"{}\"; waiting for it",
                    said(lease));
        }
        later(() -> attempt(FIRST_PAUSE), lease.pause());
    }

    private static String said(Lease lease) {
        return lease.owner().map(Owner::toString).orElse("a server that is just starting");
    }

    private void takeOver(Seeking seeking, Lease sought, DatabaseServices opened) {
        if (seeking.standingBy()) {
            opened.owns(sought);
        } else if (!closing) {
            later(() -> takeOver(seeking, sought, opened), sought.pause());
        }
    }

    private void later(Runnable step, Duration pause) {
        if (!closing) {
            next = executor.schedule(step, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** At once and without a drain, which would use what is not ours any more (ADR 0031). */
    private void restart() {
        end.accept(RESTART);
    }

    private void tryAgain(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        Duration following = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        later(() -> attempt(following), pause);
    }

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
            LOG.warn("closing store timed out timeoutSeconds={}", CLOSE_WITHIN_SECONDS);
        }
    }

    private void closeDatabase() {
        DatabaseServices opened = open.getAndSet(null);
        if (opened != null) {
            opened.close();
            LOG.info("store closed: {}", opened.place());
        }
        Lease held = lease;
        if (held != null) {
            held.close();
        }
    }
}
