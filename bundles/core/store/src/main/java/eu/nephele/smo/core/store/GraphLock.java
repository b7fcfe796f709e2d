// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import java.util.OptionalLong;
import javax.persistence.EntityManager;

/**
 * The row lock for which writers of one graph queue. It is taken before rows of the ledger, so that there is no
 * deadlock.
 */
final class GraphLock {

    private GraphLock() {}

    /** Until the end of the transaction. Returns its revision, empty when it was removed. */
    static OptionalLong take(EntityManager entities, GraphId graph) {
        return new Sql(entities)
                        .values(
                                "select revision from desired where project = ?1 and name = ?2 for update",
                                graph.project(),
                                graph.name())
                        .stream()
                        .mapToLong(revision -> ((Number) revision).longValue())
                        .findFirst();
    }
}
