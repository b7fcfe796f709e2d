// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The databases on which the same tests run. Each is opened once per test run and emptied between tests. */
enum TestDatabase {
    H2_MEMORY {
        @Override
        String newUrl() {
            return "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        }
    },
    H2_FILE {
        @Override
        String newUrl() {
            try {
                Path directory = Files.createDirectories(Path.of("target", "databases"));
                return EmbeddedUrl.url(Files.createTempDirectory(directory, "h2-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        String newUrl() {
            return Postgres.newSchema() + "&stringtype=unspecified";
        }
    };

    /** To nothing in it anybody refers, and one test fills it with many rows: deleting them one by one takes long. */
    private static final String LARGE = "delivery";

    private static final List<String> TABLES = List.of(
            "webhook",
            "event",
            "outbox",
            "subscriber_cursor",
            "operation",
            "idempotency_key",
            "plan",
            "shadow",
            "resource",
            "plugin_list",
            "plugin_content",
            "plugin_piece",
            "configuration_list",
            "configuration",
            "quota",
            "quota_limit",
            "identity_list",
            "identity",
            "identity_use",
            "audit_entry",
            "audit_intent",
            "audit_cursor",
            "audit_seal",
            "audit_key",
            "alert_state",
            "cluster_note",
            "tombstone",
            "revision",
            "decision",
            "snapshot",
            "reservation",
            "capacity",
            "service",
            "decided",
            "observed",
            "desired");
    private static final Map<TestDatabase, Opened> OPENED = new EnumMap<>(TestDatabase.class);

    /** URL of an unused database of this kind. */
    abstract String newUrl();

    /** Open and empty. */
    Opened empty() {
        Opened opened = OPENED.computeIfAbsent(this, database -> Opened.at(database.newUrl()));
        opened.execute("truncate table " + LARGE);
        TABLES.forEach(table -> opened.execute("delete from " + table));
        opened.stores.quotas().usual(Map.of());
        opened.execute("update event_counter set last_sequence = 0");
        opened.execute("update audit_head set sequence = 0, epoch = 0, entry_hash = '" + "0".repeat(64) + "'");
        return opened;
    }

    static DataSource dataSource(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(16);
        return pool;
    }

    /** Stores together with the way behind their back. */
    record Opened(DataSource dataSource, Stores stores) {

        static Opened at(String url) {
            DataSource dataSource = TestDatabase.dataSource(url);
            try {
                return new Opened(dataSource, Stores.open(dataSource));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void execute(String statement) {
            try (Connection connection = dataSource.getConnection();
                    Statement sql = connection.createStatement()) {
                sql.execute(statement);
                stores.forget();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        long number(String query) {
            try (Connection connection = dataSource.getConnection();
                    Statement sql = connection.createStatement();
                    ResultSet rows = sql.executeQuery(query)) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        long rows(String table) {
            return number("select count(*) from " + table);
        }
    }
}
