// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PostgreSQL for the servers: that of SMO_TEST_POSTGRES_URL (a JDBC url with parameters), else an embedded one. */
final class Postgres {

    private static final String EXTERNAL = "SMO_TEST_POSTGRES_URL";
    private static final String SCHEMA = "schema_of_the_dump";
    private static final Pattern URL = Pattern.compile(
            "url=jdbc:(?<database>[^?]+)\\?(?:.*&)?currentSchema=(?<schema>\\w+)[^\\n]*\\s+user=(?<user>\\w+)");

    private Postgres() {}

    /**
     * The configuration of a server that has a new, empty schema to itself.
     *
     * @param passwordFile gets the password, if there is one
     */
    static String newSchema(Path passwordFile) {
        String schema = "smo_" + UUID.randomUUID().toString().replace("-", "");
        execute("create schema " + schema);
        return configuration(server(), schema, passwordFile);
    }

    /**
     * The configuration of a server whose schema has what a dump says.
     *
     * @param dump statements, with {@link #SCHEMA} for the name of the schema, which they create
     * @param passwordFile gets the password, if there is one
     */
    static String restored(String dump, Path passwordFile) {
        String schema = "smo_" + UUID.randomUUID().toString().replace("-", "");
        execute(dump.replace(SCHEMA, schema));
        return configuration(server(), schema, passwordFile);
    }

    /**
     * A schema as statements that {@link #restored} understands. Needs {@code pg_dump} of the server's version, or of a later one.
     *
     * @param configuration that of a server
     */
    static String dump(String configuration) throws IOException, InterruptedException {
        Matcher url = URL.matcher(configuration);
        if (!url.find()) {
            throw new IllegalArgumentException("No schema in " + configuration);
        }
        Process process = new ProcessBuilder(
                        "pg_dump",
                        "--dbname=%s?user=%s".formatted(url.group("database"), url.group("user")),
                        "--schema=" + url.group("schema"),
                        "--no-owner",
                        "--no-privileges",
                        "--inserts",
                        "--rows-per-insert=100")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pg_dump has failed");
        }
        return text.replaceAll("(?m)^\\\\.*$", "").replace(url.group("schema"), SCHEMA);
    }

    /**
     * A connection to a schema.
     *
     * @param configuration that of its server
     */
    static Connection connect(String configuration) throws SQLException {
        Matcher url = URL.matcher(configuration);
        if (!url.find()) {
            throw new IllegalArgumentException("No schema in " + configuration);
        }
        Connection connection = DriverManager.getConnection(server());
        connection.setSchema(url.group("schema"));
        return connection;
    }

    private static String server() {
        return System.getenv(EXTERNAL) == null ? Server.URL : System.getenv(EXTERNAL);
    }

    private static void execute(String statements) {
        try (Connection connection = DriverManager.getConnection(server());
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException("No PostgreSQL at the url of " + EXTERNAL + " or embedded", e);
        }
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
