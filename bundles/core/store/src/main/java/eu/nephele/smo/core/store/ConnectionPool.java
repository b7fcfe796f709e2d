// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The connections to one database. The embedded one is shut down with them, so that its file is whole and unlocked. */
final class ConnectionPool implements AutoCloseable {

    private static final int H2_DATABASE_IS_CLOSED = 90121;

    private final HikariDataSource connections;
    private final boolean embedded;
    private final Optional<SingleOpenDataSource> once;

    private ConnectionPool(HikariDataSource connections, boolean embedded, Optional<SingleOpenDataSource> once) {
        this.connections = connections;
        this.embedded = embedded;
        this.once = once;
    }

    /** @param source sets the data source or the url */
    static ConnectionPool open(int size, Duration connectTimeout, boolean embedded, Consumer<HikariConfig> source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("smo-store");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        config.setConnectionTimeout(connectTimeout.toMillis());
        // An unreachable database is reported by the first use, in our words.
        config.setInitializationFailTimeout(-1);
        source.accept(config);
        Optional<SingleOpenDataSource> once = Optional.ofNullable(config.getDataSource())
                .filter(any -> embedded)
                .map(SingleOpenDataSource::new);
        once.ifPresent(config::setDataSource);
        return new ConnectionPool(new HikariDataSource(config), embedded, once);
    }

    HikariDataSource connections() {
        return connections;
    }

    @Override
    public void close() throws SQLException {
        try {
            if (embedded) {
                shutDown();
            }
        } finally {
            release();
        }
    }

    void release() throws SQLException {
        connections.close();
        if (once.isPresent()) {
            once.get().close();
        }
    }

    private void shutDown() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            // The statement is closed after its database.
            if (e.getErrorCode() != H2_DATABASE_IS_CLOSED) {
                throw e;
            }
        }
    }
}
