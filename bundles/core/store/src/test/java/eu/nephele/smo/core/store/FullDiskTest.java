// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full in the middle: nothing that was acknowledged is lost, and the server knows that only a start helps. */
class FullDiskTest {

    private static final int WRITERS = 4;
    private static final int ATTEMPTS = 10;
    private static final long ROOM_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @AfterEach
    void makeRoom() {
        FullDisk.hasRoomFor(Long.MAX_VALUE);
    }

    @Test
    void whatWasAcknowledgedIsThereWhenThereIsFreeSpaceAgain() throws Exception {
        fill();
        try (Stores stores = Stores.embedded(directory)) {
            requireAll(stores);
            stores.graphs().insert(Samples.desired(Samples.graph("later")), TransactionalWrites.NOTHING);
        }
    }

    @Test
    void startsOnADiskThatIsStillFullDestroyNothingAndKeepNothingLocked() throws Exception {
        fill();
        FullDisk.hasRoomFor(Files.size(directory.resolve(EmbeddedUrl.FILE)));
        int failed = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Database database = open()) {
                new StoreProbe(database).probe();
            } catch (SQLException | RuntimeException stillFull) {
                // and not: the file is locked
                assertThat(stillFull).hasStackTraceContaining("No space left on device");
                failed++;
            }
        }
        assertThat(failed).as("starts without free space").isPositive();
        FullDisk.hasRoomFor(Long.MAX_VALUE);
        try (Stores stores = Stores.embedded(directory)) {
            requireAll(stores);
        }
    }

    /**
     * Writes until the disk is full, as the server does: with several writers, and until a health check of the
     * database.
     */
    private void fill() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (Database database = open()) {
            JpaGraphStore graphs = new JpaGraphStore(database);
            FullDisk.hasRoomFor(Files.size(directory.resolve(EmbeddedUrl.FILE)) + ROOM_BYTES);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String prefix = "w" + i + "-";
                all.add(writers.submit(() -> write(graphs, prefix)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(acknowledged).isNotEmpty();
            assertThatThrownBy(() -> database.ask()).isInstanceOf(SQLException.class);
            assertThat(new StoreProbe(database).probe().restart()).isTrue();
        } finally {
            writers.shutdownNow();
            FullDisk.hasRoomFor(Long.MAX_VALUE);
        }
    }

    private void write(JpaGraphStore graphs, String prefix) {
        for (int number = 0; ; number++) {
            String name = prefix + number;
            try {
                graphs.insert(Samples.desired(Samples.graph(name)), TransactionalWrites.NOTHING);
            } catch (SmoException full) {
                assertThat(full.kind()).as(full.getMessage()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                return;
            }
            acknowledged.add(name);
        }
    }

    private Database open() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(FullDisk.url(EmbeddedUrl.url(directory)));
        source.setUser("sa");
        ConnectionPool pool =
                ConnectionPool.open(WRITERS + 2, Duration.ofSeconds(2), true, config -> config.setDataSource(source));
        return Database.openOrClose(pool, Stores::factory, () -> {});
    }

    private void requireAll(Stores stores) {
        assertThat(stores.graphs().ids()).extracting(GraphId::name).containsAll(acknowledged);
    }
}
