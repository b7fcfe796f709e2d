// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PostgreSQL for the server: that of SMO_TEST_POSTGRES_URL (a JDBC url with parameters), else an embedded one, which ends with this. */
public final class Postgres implements AutoCloseable {

    private static final String EXTERNAL = "SMO_TEST_POSTGRES_URL";

    private static final Pattern AUTHORITY = Pattern.compile("(jdbc:postgresql://)([^/:,]+)((?::\\d+)?)/");
    private static final int PORT = 5432;

    private final Optional<EmbeddedPostgres> embedded;
    private final String url;

    private Postgres(Optional<EmbeddedPostgres> embedded, String url) {
        this.embedded = embedded;
        this.url = url;
    }

    /** @throws IOException when it does not start */
    public static Postgres start() throws IOException {
        Optional<String> external = Optional.ofNullable(System.getenv(EXTERNAL));
        if (external.isPresent()) {
            return new Postgres(Optional.empty(), external.get());
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start();
        return new Postgres(Optional.of(embedded), embedded.getJdbcUrl("postgres", "postgres"));
    }

    /**
     * The configuration of a store with a new, empty schema to itself.
     *
     * @param passwordFile gets the password, if there is one
     */
    public String newSchema(Path passwordFile) throws IOException {
        String schema = "smo_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IOException("Creating a schema in PostgreSQL failed: " + e.getMessage(), e);
        }
        return configuration(schema, passwordFile);
    }

    /**
     * Its first process, when it is ours; empty for one that was named.
     *
     * @throws IOException when that is unknown
     */
    public OptionalLong pid() throws IOException {
        if (embedded.isEmpty()) {
            return OptionalLong.empty();
        }
        // the process of a connection is a child of it
        try (Connection connection = DriverManager.getConnection(url)) {
            return ProcessHandle.of(number(connection, "select pg_backend_pid()"))
                    .flatMap(ProcessHandle::parent)
                    .map(parent -> OptionalLong.of(parent.pid()))
                    .orElseThrow(() -> new IOException("The process of PostgreSQL is not visible"));
        } catch (SQLException e) {
            throw new IOException("Reading the process of PostgreSQL failed: " + e.getMessage(), e);
        }
    }

    /** Size of its database, all schemas. */
    public long bytes() throws IOException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return number(connection, "select pg_database_size(current_database())");
        } catch (SQLException e) {
            throw new IOException("Reading the size of the database failed: " + e.getMessage(), e);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    public InetSocketAddress address() {
        Matcher authority = authority(url);
        String host = authority.group(2);
        int port = authority.group(3).isEmpty()
                ? PORT
                : Integer.parseInt(authority.group(3).substring(1));
        return new InetSocketAddress(host, port);
    }

    /**
     * The same database through another port.
     *
     * @param port on the loopback interface that leads there
     */
    public static String through(int port, String configuration) {
        Matcher authority = authority(configuration);
        return configuration.substring(0, authority.start(2))
                + "127.0.0.1:" + port
                + configuration.substring(authority.end(3));
    }

    private static Matcher authority(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.find()) {
            throw new IllegalArgumentException("%s does not name one server, as jdbc:postgresql://HOST:PORT/NAME"
                    .formatted(text.split("[?]", 2)[0]));
        }
        return authority;
    }

    private String configuration(String schema, Path passwordFile) throws IOException {
        String[] parts = url.split("\\?", 2);
        List<String> parameters = new ArrayList<>(List.of("currentSchema=" + schema));
        String user = "";
        String password = "";
        for (String parameter : parts.length == 1 ? new String[0] : parts[1].split("&", -1)) {
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
        Files.writeString(passwordFile, password);
        return settings + "passwordReference=file:" + passwordFile + "\n";
    }

    @Override
    public void close() throws IOException {
        if (embedded.isPresent()) {
            embedded.get().close();
        }
    }
}
