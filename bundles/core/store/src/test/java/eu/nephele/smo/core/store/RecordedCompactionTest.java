// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.Recorder;
import org.h2.store.fs.rec.FilePathRec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill between two writes to the file, or in the middle of one, would leave: all writes of a database that is compacted are
 * recorded, and the file is made again as it was after each of them.
 */
@Timeout(900)
class RecordedCompactionTest {

    /** {@code -Dsmo.rounds=100} for many states of the file, {@code -Dsmo.seed=2} for others. */
    private static final int ROUNDS = Integer.getInteger("smo.rounds", 2);

    private static final long SEED = Long.getLong("smo.seed", 1);
    private static final int ROWS = 30;
    private static final int STAYS = 15;
    private static final int RETENTION_MILLIS = 300;
    private static final int PAUSE_MILLIS = 400;
    private static final int BLOCK = 4096;
    private static final int STEP_BYTES = 4 << 20;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final List<Written> recorded = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger acknowledged = new AtomicInteger();
    private int changes;

    /**
     * @param bytes none where the file was cut off
     * @param acknowledged the last change that was acknowledged before this is written
     */
    private record Written(long position, ByteBuffer bytes, int acknowledged) {}

    @AfterEach
    void recordNoMore() {
        FilePathRec.setRecorder(null);
    }

    @Test
    void everyStateOfTheFileHasWhatWasAcknowledged() throws Exception {
        record();
        List<String> lost = new ArrayList<>();
        int states = 0;
        Path file = directory.resolve("again");
        try (FileChannel again =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (Written write : List.copyOf(recorded)) {
                int torn = write.bytes().limit() / 2 / BLOCK * BLOCK;
                if (torn > 0) {
                    again.write(write.bytes().slice(0, torn), write.position());
                    states += look(file, write, "in the middle of", lost);
                }
                if (write.bytes().limit() == 0) {
                    again.truncate(write.position());
                } else {
                    again.write(write.bytes().duplicate(), write.position());
                }
                states += look(file, write, "after", lost);
            }
        }
        System.out.printf("%d states of the file, %d of them without what was acknowledged%n", states, lost.size());
        assertThat(states).isGreaterThan(ROUNDS * ROWS);
        assertThat(lost).as("of %d states, seed %d", states, SEED).isEmpty();
    }

    /** In each round rows are written, most of them are deleted, and the file is compacted beside further changes. */
    private void record() throws Exception {
        FilePathRec.register();
        FilePathRec.setRecorder((operation, name, bytes, position) -> {
            if (name.endsWith(EmbeddedUrl.FILE) && (operation == Recorder.WRITE || operation == Recorder.TRUNCATE)) {
                ByteBuffer content = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes.clone());
                recorded.add(new Written(position, content, acknowledged.get()));
            }
        });
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(EmbeddedUrl.url(directory).replace("jdbc:h2:async:", "jdbc:h2:rec:") + ";RETENTION_TIME="
                + RETENTION_MILLIS);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table t(id int primary key, v varchar(20000))");
            statement.execute("create table acknowledged(n int)");
            statement.execute("insert into acknowledged values(0)");
            connection.commit();
            EmbeddedFile file = EmbeddedFile.find(source).orElseThrow();
            for (int round = 0; round < ROUNDS; round++) {
                fill(connection, round * ROWS);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                file.rewrite(40, STEP_BYTES);
                for (int move = 0; move < 3; move++) {
                    if (move > 0) {
                        change(connection);
                        TimeUnit.MILLISECONDS.sleep(random.nextBoolean() ? PAUSE_MILLIS : 0);
                    }
                    file.move(80, STEP_BYTES);
                }
            }
            statement.execute("shutdown immediately");
        }
        FilePathRec.setRecorder(null);
    }

    private void fill(Connection connection, int from) throws SQLException {
        byte[] bytes = new byte[3000];
        try (PreparedStatement insert = connection.prepareStatement("insert into t values(?, ?)");
                PreparedStatement delete = connection.prepareStatement("delete from t where id = ?")) {
            for (int id = from; id < from + ROWS; id++) {
                random.nextBytes(bytes);
                insert.setInt(1, id);
                insert.setString(2, Base64.getEncoder().encodeToString(bytes));
                insert.executeUpdate();
                change(connection);
            }
            for (int id = from; id < from + ROWS; id++) {
                if (id % STAYS != 0) {
                    delete.setInt(1, id);
                    delete.executeUpdate();
                }
            }
            change(connection);
        }
    }

    private void change(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update acknowledged set n = ?")) {
            update.setInt(1, ++changes);
            update.executeUpdate();
            connection.commit();
            acknowledged.set(changes);
        }
    }

    /** Opens a copy of the file; 0 for one from before anybody relied on something. */
    private int look(Path file, Written write, String when, List<String> lost) throws IOException {
        if (write.acknowledged() == 0) {
            return 0;
        }
        Path copy = Files.createDirectories(directory.resolve("copy"));
        Files.copy(file, copy.resolve(EmbeddedUrl.FILE), REPLACE_EXISTING);
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(EmbeddedUrl.url(copy));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select n, (select sum(length(v)) from t) from acknowledged")) {
                row.next();
                if (row.getInt(1) < write.acknowledged()) {
                    lost.add("%s the write at %d: change %d instead of %d"
                            .formatted(when, write.position(), row.getInt(1), write.acknowledged()));
                }
            }
            statement.execute("shutdown immediately");
        } catch (SQLException e) {
            lost.add("%s the write at %d: %s".formatted(when, write.position(), e.getMessage()));
        }
        return 1;
    }
}
