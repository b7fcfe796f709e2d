// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

enum SqlDialect {
    H2("text", "") {
        @Override
        void check(Connection connection) throws SQLException {
            String mode = text(
                    connection, "select setting_value from information_schema.settings where setting_name = ?", "MODE");
            if (!mode.toLowerCase(Locale.ROOT).startsWith("postgresql")) {
                throw new IllegalArgumentException(
                        "H2 must run in the mode PostgreSQL, not '%s'. Add ;MODE=PostgreSQL to its url."
                                .formatted(mode));
            }
        }
    },
    POSTGRESQL("jsonb", "collate \"C\"") {
        @Override
        void check(Connection connection) throws SQLException {
            String type = text(connection, "select pg_typeof(coalesce(?, null))::text", "{}");
            if (type.equals("character varying")) {
                throw new IllegalArgumentException(
                        "The PostgreSQL driver types texts strictly, JSON could not be stored. Add stringtype=unspecified to its url.");
            }
        }
    };

    private static final int WRITERS_PER_COMMIT = 32;

    private final String jsonType;
    private final String keyCollation;

    SqlDialect(String jsonType, String keyCollation) {
        this.jsonType = jsonType;
        this.keyCollation = keyCollation;
    }

    /** @throws IllegalArgumentException if it is another database, or set up in a way that does not work */
    static SqlDialect from(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            SqlDialect dialect =
                    switch (product) {
                        case "H2" -> H2;
                        case "PostgreSQL" -> POSTGRESQL;
                        default ->
                            throw new IllegalArgumentException(
                                    "The database is %s; supported are H2 and PostgreSQL.".formatted(product));
                    };
            dialect.check(connection);
            return dialect;
        }
    }

    Map<String, String> placeholders() {
        return Map.of("json", jsonType, "binary", keyCollation);
    }

    /**
     * Serializes writing transactions. When the process was killed while several sessions wrote, H2 has been seen to
     * come back with one transaction half done (once in 80 kills with four writers). With one writer at a time it was
     * not seen in 200. And each commit of H2 writes the changed pages of all tables: writers that meet share one.
     */
    Optional<GroupCommitWriter> writers() {
        return this == H2 ? Optional.of(new GroupCommitWriter(WRITERS_PER_COMMIT)) : Optional.empty();
    }

    abstract void check(Connection connection) throws SQLException;

    private static String text(Connection connection, String query, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
