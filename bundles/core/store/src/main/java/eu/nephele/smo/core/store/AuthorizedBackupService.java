// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.BackupService;
import eu.nephele.smo.core.store.backup.SnapshotReader;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups behind an authorization check: an archive has everything, hashes of passwords included, so it needs the role admin. */
@Component(service = BackupService.class)
public final class AuthorizedBackupService implements BackupService {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedBackupService.class);
    private static final ResourceRef DATABASE = ResourceRef.all("database");
    private static final Duration BEGIN_WITHIN = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Database database;
    private final String version;
    private final AccessControl access;
    private final Authorizer authorizer;
    private final LongSupplier nanos;
    // guarded by this
    private @Nullable HeldSnapshot running;

    @Activate
    public AuthorizedBackupService(BundleContext context, @Reference Database database) {
        this(database, context.getBundle().getVersion().toString(), new InstalledAccess(context), System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    AuthorizedBackupService(Database database, String version, AccessControl access, LongSupplier nanos) {
        this.database = database;
        this.version = version;
        this.access = access;
        this.nanos = nanos;
        this.authorizer = access.authorizer("The backup");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
        HeldSnapshot present = present();
        if (present != null) {
            present.close();
        }
    }

    private synchronized @Nullable HeldSnapshot present() {
        return running;
    }

    @Override
    public RunningBackup begin(CallContext call) {
        AtomicReference<@Nullable HeldSnapshot> opened = new AtomicReference<>();
        try {
            return authorizer.change(call, Verb.OPERATE, DATABASE, "backup", () -> {
                HeldSnapshot begun = open();
                opened.set(begun);
                return begun;
            });
        } catch (RuntimeException notAudited) {
            // nobody will write it
            HeldSnapshot begun = opened.get();
            if (begun != null) {
                begun.close();
            }
            throw notAudited;
        }
    }

    private synchronized HeldSnapshot open() {
        HeldSnapshot present = running;
        if (present != null) {
            if (!present.isForgotten(nanos.getAsLong())) {
                throw SmoException.of(
                        SmoException.Kind.CONFLICT,
                        "database",
                        "A backup is being taken, since %s; one at a time"
                                .formatted(present.header().takenAt()),
                        Optional.of(SOON));
            }
            LOG.warn(
                    "backup was begun and never written archive={}; ending it",
                    present.header().id());
            present.close();
        }
        try {
            HeldSnapshot begun = new HeldSnapshot(
                    SnapshotReader.open(database.connections().getConnection(), version), nanos.getAsLong());
            running = begun;
            LOG.info(
                    "backup begins archive={} auditSequence={}",
                    begun.header().id(),
                    begun.header().auditHead().sequence());
            return begun;
        } catch (SQLException e) {
            SmoException away = SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "database",
                    "The database gives no snapshot now: %s".formatted(e.getMessage()),
                    Optional.of(SOON));
            away.initCause(e);
            throw away;
        }
    }

    private synchronized void ended(HeldSnapshot snapshot) {
        if (running == snapshot) {
            running = null;
        }
    }

    /** A snapshot that is held for whoever asked for it. */
    private final class HeldSnapshot implements RunningBackup {

        private final SnapshotReader reader;
        private final long begun;
        private volatile boolean writing;

        HeldSnapshot(SnapshotReader reader, long begun) {
            this.reader = reader;
            this.begun = begun;
        }

        boolean isForgotten(long now) {
            return !writing && now - begun > BEGIN_WITHIN.toNanos();
        }

        @Override
        public ArchiveHeader header() {
            return reader.header();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            writing = true;
            long from = nanos.getAsLong();
            try {
                reader.writeTo(out);
                LOG.info(
                        "backup written archive={} millis={}",
                        header().id(),
                        Duration.ofNanos(nanos.getAsLong() - from).toMillis());
            } catch (SQLException e) {
                LOG.error("backup failed archive={}; what was sent is refused by whoever reads it", header().id(), e);
                throw new IOException("The database failed while it was read: " + e.getMessage(), e);
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (SQLException e) {
                LOG.debug("ending the snapshot of a backup failed", e);
            } finally {
                ended(this);
            }
        }
    }
}
