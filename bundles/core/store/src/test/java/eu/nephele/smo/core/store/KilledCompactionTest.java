// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while its database is compacted, again and again on the same file. */
@Timeout(300)
class KilledCompactionTest {

    /** {@code -Dsmo.kills=100} for many. */
    private static final int KILLS = Integer.getInteger("smo.kills", 3);

    private static final long SEED = Long.getLong("smo.seed", 1);

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    @Test
    void whatIsAcknowledgedBesideCompactionSurvivesTheKillOfTheProcess() throws Exception {
        int[] acknowledged = new int[CompactedWriter.THREADS];
        int shrunk = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            shrunk += writeAndKill(acknowledged, 200 + random.nextInt(1200));
            requireAll(acknowledged, kill);
        }
        assertThat(shrunk).as("times that the file became smaller").isGreaterThan(KILLS);
    }

    /** @return how often the file became smaller meanwhile */
    private int writeAndKill(int[] acknowledged, int lines) throws IOException, InterruptedException {
        AtomicInteger shrunk = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        KilledProcess.run(CompactedWriter.class, directory, line -> {
            assertThat(line).doesNotStartWith("failed");
            int blank = line.indexOf(' ');
            acknowledged[Integer.parseInt(line.substring(0, blank))] = Integer.parseInt(line.substring(blank + 1));
            long now = directory.resolve(EmbeddedUrl.FILE).toFile().length();
            if (now < bytes.getAndSet(now)) {
                shrunk.incrementAndGet();
            }
            return read.incrementAndGet() == lines;
        });
        return shrunk.get();
    }

    /** The last row of each thread is that which was acknowledged last, or the next one, and exactly those before it are there. */
    private void requireAll(int[] acknowledged, int kill) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(EmbeddedUrl.url(directory));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (int thread = 0; thread < acknowledged.length; thread++) {
                int last = 0;
                int count = 0;
                try (ResultSet rows =
                        statement.executeQuery("select id, v from t where thread = %d order by id".formatted(thread))) {
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isEqualTo(count == 0 ? rows.getInt(1) : last + 1);
                        last = rows.getInt(1);
                        assertThat(rows.getString(2)).isEqualTo(CompactedWriter.text(last));
                        count++;
                    }
                }
                assertThat(last)
                        .as("last row of thread %d after kill %d, seed %d", thread, kill, SEED)
                        .isBetween(acknowledged[thread], acknowledged[thread] + 1);
                assertThat(count).isEqualTo(Math.min(last, CompactedWriter.KEPT));
            }
            statement.execute("shutdown immediately");
        }
    }
}
