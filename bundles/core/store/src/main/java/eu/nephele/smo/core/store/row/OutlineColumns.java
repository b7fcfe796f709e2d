// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.store.GraphOutline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a graph that lists need. */
public final class OutlineColumns {

    /**
     * The next graphs of a project after a name, without those that are being removed. The order is that of the primary key, project
     * included: else H2 reads all graphs of the project and sorts them.
     */
    public static final String PAGE = "select d.key, d.generation, d.state, d.services, d.activated, d.paused,"
            + " d.descriptorRevision, d.createdAt, d.updatedAt, c.assignment, c.decisionId,"
            + " o.phase, o.convergedGeneration, o.services from DesiredRow d"
            + " left join DecidedRow c on c.key.project = d.key.project and c.key.name = d.key.name"
            + " left join ObservedRow o on o.key.project = d.key.project and o.key.name = d.key.name"
            + " where d.key.project = :project and d.key.name > :after and d.key.name >= :from and d.state <> :removed"
            + " order by d.key.project, d.key.name";

    private OutlineColumns() {}

    /** What one row of the query says. */
    public static GraphOutline outline(Object[] columns) {
        return new GraphOutline(
                ((GraphKey) columns[0]).id(),
                number(columns[1]),
                (DesiredState) columns[2],
                Fields.texts((JsonValue) columns[3]),
                Set.copyOf(Fields.texts((JsonValue) columns[4])),
                (Boolean) columns[5],
                number(columns[6]),
                (Instant) columns[7],
                (Instant) columns[8],
                number(columns[9]),
                Optional.ofNullable((String) columns[10]).filter(id -> !id.isEmpty()),
                Optional.ofNullable((GraphPhase) columns[11]).orElse(GraphPhase.PENDING),
                number(columns[12]),
                followed((JsonValue) columns[13]));
    }

    private static long number(@Nullable Object column) {
        return column == null ? 0 : ((Number) column).longValue();
    }

    /** Of a graph that nobody has looked at yet, an outer join finds no array. */
    private static Map<String, Long> followed(JsonValue services) {
        Map<String, Long> followed = new HashMap<>();
        services.asArray().orElse(List.of()).stream()
                .map(Fields::of)
                .forEach(service -> followed.put(service.text("service"), service.number("assignment")));
        return followed;
    }
}
