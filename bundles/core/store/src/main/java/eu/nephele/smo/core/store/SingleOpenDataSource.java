// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to one opening of the embedded database. When H2 has closed itself, on a full disk for example, it would
 * open its file again for the next connection. Any use of a connection of the former opening makes H2 forget the new
 * one, and that keeps the file locked for as long as the process lives. So no further connection is made: the database
 * is opened again when all connections are closed.
 */
final class SingleOpenDataSource extends ForwardingDataSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleOpenDataSource.class);

    /** The first connection: it works as long as the opening lasts. */
    private Optional<Connection> witness = Optional.empty();

    SingleOpenDataSource(DataSource target) {
        super(target);
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (witness.isEmpty()) {
            witness = Optional.of(target().getConnection());
        }
        Connection first = witness.get();
        ask(first);
        Connection connection = target().getConnection();
        try {
            ask(first);
            return connection;
        } catch (SQLException closed) {
            // closed in between: this one may be the first of a new opening, and no other code has it
            end(connection);
            throw closed;
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private static void end(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException ended) {
            LOG.debug("database closed", ended);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (witness.isPresent()) {
            witness.get().close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The user is that of the data source");
    }
}
