// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connections to a PostgreSQL in a program that is no server. */
final class PostgresPool {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private PostgresPool() {}

    /** @throws IOException when the url is not one of PostgreSQL */
    static ConnectionPool open(DatabaseLocation database, String url, int connections) throws IOException {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IOException("The database is '%s', expected jdbc:postgresql:…; the embedded one needs no url"
                    .formatted(StoreSettings.withoutParameters(url)));
        }
        return ConnectionPool.open(connections, CONNECT_TIMEOUT, false, config -> {
            config.setJdbcUrl(StoreSettings.withTexts(url));
            database.user().ifPresent(config::setUsername);
            database.password().ifPresent(config::setPassword);
        });
    }

    /**
     * Returns a connection with the lock under which tables are made. It ends with the session.
     *
     * @throws IOException when a server or another command has it
     */
    static Connection locked(ConnectionPool pool) throws IOException, SQLException {
        Connection connection = pool.connections().getConnection();
        if (!AdvisoryLockMigration.isLocked(connection)) {
            connection.close();
            throw new IOException(
                    "A server is creating the tables of this database, or another command fills or migrates it. Stop"
                            + " it, then try again.");
        }
        return connection;
    }
}
