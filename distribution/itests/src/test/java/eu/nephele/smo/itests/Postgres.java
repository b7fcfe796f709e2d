// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A PostgreSQL for the servers: that of SMO_TEST_POSTGRES_URL (a JDBC url with parameters), else an embedded one. */
final class Postgres {

    private static final String EXTERNAL = "SMO_TEST_POSTGRES_URL";

    private Postgres() {}

    /**
     * The configuration of a server that has a new, empty schema to itself.
     *
     * @param passwordFile gets the password, if there is one
     */
    static String newSchema(Path passwordFile) {
        String schema = "smo_" + UUID.randomUUID().toString().replace("-", "");
        String server = System.getenv(EXTERNAL) == null ? Server.URL : System.getenv(EXTERNAL);
        try (Connection connection = DriverManager.getConnection(server);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("No PostgreSQL at the url of " + EXTERNAL + " or embedded", e);
        }
        return configuration(server, schema, passwordFile);
    }

    private static String configuration(String server, String schema, Path passwordFile) {
        String[] parts = server.split("\\?", 2);
        List<String> parameters = new ArrayList<>(List.of("currentSchema=" + schema));
        String user = "";
        String password = "";
        for (String parameter : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            if (parameter.startsWith("user=")) {
                user = parameter.substring("user=".length());
            } else if (parameter.startsWith("password=")) {
                password = parameter.substring("password=".length());
            } else {
                parameters.add(parameter);
            }
        }
        String settings = "url=%s?%s%nuser=%s%n".formatted(parts[0], String.join("&", parameters), user);
        if (password.isEmpty()) {
            return settings;
        }
        try {
            Files.writeString(passwordFile, password);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return settings + "passwordReference=file:" + passwordFile + "\n";
    }

    /** Started at the first use; ends with the process. */
    private static final class Server {
        private static final String URL = start();

        private static String start() {
            try {
                return EmbeddedPostgres.start().getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
