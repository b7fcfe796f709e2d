// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.store.GraphSummary;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The columns of a graph that are small for every descriptor. */
public final class SummaryColumns {

    /** Everything a summary needs; a condition may follow. */
    public static final String QUERY = "select d.key, d.generation, d.state, d.services, d.retiring, d.createdAt,"
            + " o.phase, c.generation, c.undoing, d.activated from DesiredRow d"
            + " left join DecidedRow c on c.key.project = d.key.project and c.key.name = d.key.name"
            + " left join ObservedRow o on o.key.project = d.key.project and o.key.name = d.key.name";

    /** Ids of the services and the priority alone, which are in one table; a condition may follow. */
    public static final String SERVICES = "select d.key, d.services, d.retiring, d.priority from DesiredRow d";

    private static final String IN_ORDER = " order by d.key.project, d.key.name";

    /** The graphs of a project after a name. Apart from the further ones: else H2 reads the project from its beginning for each page. */
    public static final String REST_OF_PROJECT = " where d.key.project = :project and d.key.name > :name" + IN_ORDER;

    /** The graphs of the projects after one. */
    public static final String FURTHER_PROJECTS = " where d.key.project > :project" + IN_ORDER;

    private SummaryColumns() {}

    public static GraphSummary summary(Object[] columns) {
        long generation = ((Number) columns[1]).longValue();
        boolean decidedNow = columns[7] instanceof Number decided && decided.longValue() == generation;
        return new GraphSummary(
                ((GraphKey) columns[0]).id(),
                generation,
                (DesiredState) columns[2],
                JsonFieldReader.texts((JsonValue) columns[3]),
                Set.copyOf(JsonFieldReader.texts((JsonValue) columns[9])),
                JsonFieldReader.from((JsonValue) columns[4]).texts(),
                Optional.ofNullable((GraphPhase) columns[6]).orElse(GraphPhase.PENDING),
                decidedNow
                        && columns[8] instanceof JsonValue undoing
                        && StoredOperationJson.fault(undoing).isPresent(),
                (Instant) columns[5]);
    }

    public static GraphServices services(Object[] columns) {
        return new GraphServices(
                ((GraphKey) columns[0]).id(),
                JsonFieldReader.texts((JsonValue) columns[1]),
                JsonFieldReader.from((JsonValue) columns[2]).texts(),
                ((Number) columns[3]).intValue());
    }
}
