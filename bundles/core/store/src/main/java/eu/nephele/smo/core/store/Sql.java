// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.List;
import javax.persistence.EntityManager;
import javax.persistence.Query;

/** Statements that say more than an entity can, inside the transaction of an entity manager. */
record Sql(EntityManager entities) {

    /** @return rows changed */
    int update(String statement, Object... parameters) {
        return query(statement, parameters).executeUpdate();
    }

    /** Rows of a query with two columns or more. */
    @SuppressWarnings("unchecked") // JPA gives untyped lists for native queries
    List<Object[]> rows(String statement, Object... parameters) {
        return (List<Object[]>) query(statement, parameters).getResultList();
    }

    /** The values of a query with one column. */
    @SuppressWarnings("unchecked") // JPA gives untyped lists for native queries
    List<Object> values(String statement, Object... parameters) {
        return (List<Object>) query(statement, parameters).getResultList();
    }

    private Query query(String statement, Object... parameters) {
        Query query = entities.createNativeQuery(statement);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
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
