// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.backup.ArchiveAudit;
import eu.nephele.smo.core.contract.backup.ArchiveReader;
import eu.nephele.smo.core.contract.backup.BackupService;
import eu.nephele.smo.core.contract.backup.BackupService.RunningBackup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may take a backup, and how many at a time. */
class BackupDoorsTest extends DoorContract {

    private final AtomicLong nanos = new AtomicLong();
    private final ConnectionPool pool;
    private final Database database;
    private final AuthorizedBackupService backups;

    BackupDoorsTest() throws SQLException {
        pool = ConnectionPool.open(3, Duration.ofSeconds(5), true, config -> {
            config.setJdbcUrl("jdbc:h2:mem:backup-doors;MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
            config.setUsername("sa");
        });
        database = Database.openOrClose(pool, Stores::factory, () -> {});
        backups = new AuthorizedBackupService(database, "0.1.0", rights, nanos::get);
    }

    /** What was begun and not written is ended by the next one, a minute later. */
    @AfterEach
    void aMinuteLater() {
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    }

    @AfterAll
    void close() {
        backups.close();
        database.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(BackupService.class, backups);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return false;
    }

    @Override
    protected Object stored() {
        return pool.connections().getHikariPoolMXBean().getActiveConnections();
    }

    @Test
    void oneIsTakenAtATime() throws IOException {
        RunningBackup first = backups.begin(ANNA);
        assertThatThrownBy(() -> backups.begin(ANNA))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.CONFLICT));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        first.writeTo(out);
        assertThat(ArchiveReader.read(new ByteArrayInputStream(out.toByteArray()), new ArchiveAudit())
                        .header())
                .isEqualTo(first.header());
        backups.begin(ANNA).close();
        backups.begin(ANNA).close();
    }

    @Test
    void whatNobodyWritesIsEndedByTheNextOne() {
        backups.begin(ANNA);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        backups.begin(ANNA).close();
        assertThat(stored()).as("connections that are held").isEqualTo(0);
    }

    @Test
    void whoStopsReadingEndsIt() {
        RunningBackup backup = backups.begin(ANNA);
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> backup.writeTo(gone))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(stored()).isEqualTo(0);
    }
}
