// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A PostgreSQL for the tests: the server of SMO_TEST_POSTGRES_URL, else an embedded one. Every user gets a schema of its own. */
final class Postgres {

    private static final String EXTERNAL = "SMO_TEST_POSTGRES_URL";

    private Postgres() {}

    /** Url of a new, empty schema, with the credentials in it. */
    static String newSchema() {
        String schema = "smo_" + UUID.randomUUID().toString().replace("-", "");
        String server = System.getenv(EXTERNAL) == null ? Server.URL : System.getenv(EXTERNAL);
        try (Connection connection = DriverManager.getConnection(server);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("No PostgreSQL at the url of " + EXTERNAL + " or embedded", e);
        }
        return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    /** Started at the first use; ends with the process. */
    private static final class Server {
        private static final String URL = start();

        private static String start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
                return server.getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
