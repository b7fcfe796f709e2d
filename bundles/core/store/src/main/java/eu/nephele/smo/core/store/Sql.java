// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import javax.persistence.Query;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.jspecify.annotations.Nullable;

/**
 * Statements that entities cannot express, with the connection of an entity manager. Inside a transaction they go to
 * the driver directly: the persistence provider's handling of a native query costs more than most of these in the
 * database.
 */
record Sql(EntityManager entities) {

    private static final int ROWS_PER_BATCH = 1000;

    int update(String statement, @Nullable Object... parameters) {
        return inTransaction()
                ? prepared(statement, parameters, PreparedStatement::executeUpdate)
                : query(statement, parameters).executeUpdate();
    }

    /** Rows of a query with two columns or more. */
    @SuppressWarnings("unchecked") // JPA gives untyped lists for native queries
    List<Object[]> rows(String statement, Object... parameters) {
        return inTransaction()
                ? prepared(statement, parameters, prepared -> cells(prepared, Sql::row))
                : (List<Object[]>) query(statement, parameters).getResultList();
    }

    <T> List<T> list(Function<Object[], T> meaning, String statement, Object... parameters) {
        return rows(statement, parameters).stream().map(meaning).toList();
    }

    /** The values of a query with one column. */
    @SuppressWarnings("unchecked") // JPA gives untyped lists for native queries
    List<Object> values(String statement, Object... parameters) {
        return inTransaction()
                ? prepared(statement, parameters, prepared -> cells(prepared, row -> row.getObject(1)))
                : (List<Object>) query(statement, parameters).getResultList();
    }

    private boolean inTransaction() {
        return entities.getTransaction().isActive();
    }

    private Query query(String statement, @Nullable Object... parameters) {
        Query query = entities.createNativeQuery(statement);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    private interface SqlWork<S, T> {
        T on(S source) throws SQLException;
    }

    private <T> T prepared(String statement, @Nullable Object[] parameters, SqlWork<PreparedStatement, T> work) {
        NumberedStatement numbered = NumberedStatement.of(statement);
        try (PreparedStatement prepared = connection().prepareStatement(numbered.statement())) {
            for (int i = 0; i < numbered.numbers().length; i++) {
                prepared.setObject(i + 1, parameters[numbered.numbers()[i] - 1]);
            }
            return work.on(prepared);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static <T> List<T> cells(PreparedStatement prepared, SqlWork<ResultSet, T> cell) throws SQLException {
        List<T> cells = new ArrayList<>();
        try (ResultSet rows = prepared.executeQuery()) {
            while (rows.next()) {
                cells.add(cell.on(rows));
            }
        }
        return cells;
    }

    private static Object[] row(ResultSet rows) throws SQLException {
        Object[] row = new Object[rows.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
            row[i] = rows.getObject(i + 1);
        }
        return row;
    }

    /** The connection of the transaction; what is sent with it is counted as if the provider had sent it. */
    private Connection connection() {
        if (entities.unwrap(AbstractSession.class).getProfiler() instanceof StatementCounter counter) {
            counter.count();
        }
        return entities.unwrap(Connection.class);
    }

    /**
     * The same statement for many rows in few round trips. Only inside a transaction.
     *
     * @param statement with plain question marks
     * @return number of rows that each changed
     */
    List<Integer> batch(String statement, List<@Nullable Object[]> rows) {
        List<Integer> changed = new ArrayList<>(rows.size());
        if (rows.isEmpty()) {
            return changed;
        }
        try (PreparedStatement prepared = connection().prepareStatement(statement)) {
            for (int from = 0; from < rows.size(); from += ROWS_PER_BATCH) {
                for (@Nullable Object[] row : rows.subList(from, Math.min(rows.size(), from + ROWS_PER_BATCH))) {
                    for (int i = 0; i < row.length; i++) {
                        prepared.setObject(i + 1, row[i]);
                    }
                    prepared.addBatch();
                }
                for (int count : prepared.executeBatch()) {
                    changed.add(count);
                }
            }
            return changed;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /**
     * Changes rows and inserts those that are not there. Both statements take the same parameters; the one that inserts does
     * nothing where there is a row.
     */
    void upsert(String update, String insert, List<@Nullable Object[]> rows) {
        List<@Nullable Object[]> missing = unchanged(rows, batch(update, rows));
        // Rows that another transaction has inserted since then are updated after all.
        batch(update, unchanged(missing, batch(insert, missing)));
    }

    private static List<@Nullable Object[]> unchanged(List<@Nullable Object[]> rows, List<Integer> changed) {
        List<@Nullable Object[]> unchanged = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (changed.get(i) == 0) {
                unchanged.add(rows.get(i));
            }
        }
        return unchanged;
    }

    /** "?n, ?n+1, …" for as many values. */
    static String marks(int from, int count) {
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < count; i++) {
            marks.append(i == 0 ? "?" : ", ?").append(from + i);
        }
        return marks.toString();
    }
}
