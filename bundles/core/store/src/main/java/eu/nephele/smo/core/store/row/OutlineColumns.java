// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.GraphOutline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of a graph that lists need. */
public final class OutlineColumns {

    static final String COLUMNS = "d.project, d.name, d.generation, d.state, d.services, d.activated, d.paused,"
            + " d.descriptor_revision, d.created_at, d.updated_at, c.assignment, c.decision_id,"
            + " o.phase, o.converged_generation, o.services";

    static final String TABLES = "desired d left join decided c on c.project = d.project and c.name = d.name"
            + " left join observed o on o.project = d.project and o.name = d.name";

    /** The graphs of project ?1 from the name ?2 to ?3: what H2 reads for a list of names is the whole project. */
    public static final String QUERY =
            "select " + COLUMNS + " from " + TABLES + " where d.project = ?1 and d.name >= ?2 and d.name <= ?3";

    public static final int NAME = 1;
    private static final int SERVICES = 4;

    private OutlineColumns() {}

    /** Reads one row of the query. The last columns are empty for a graph without a decision or an observation. */
    public static GraphOutline outline(Object[] row) {
        return outline(new RowReader(row));
    }

    /** The number of services in a row of the query. */
    static int services(Object[] row) {
        return JsonFieldReader.texts(new RowReader(row[SERVICES]).json()).size();
    }

    static GraphOutline outline(RowReader rowReader) {
        GraphId id = rowReader.graph();
        long generation = rowReader.number();
        DesiredState state = DesiredState.valueOf(rowReader.text());
        List<String> services = JsonFieldReader.texts(rowReader.json());
        Set<String> activated = Set.copyOf(JsonFieldReader.texts(rowReader.json()));
        boolean paused = rowReader.flag();
        long descriptorRevision = rowReader.number();
        Timestamps times = new Timestamps(rowReader.instant(), rowReader.instant());
        long assignment = rowReader.numberOrZero();
        Optional<String> decisionId = rowReader.textOrNone().filter(decision -> !decision.isEmpty());
        GraphPhase phase = rowReader.textOrNone().map(GraphPhase::valueOf).orElse(GraphPhase.PENDING);
        long convergedGeneration = rowReader.numberOrZero();
        Map<String, Long> followed =
                rowReader.jsonOrNone().map(OutlineColumns::followed).orElse(Map.of());
        return new GraphOutline(
                id,
                generation,
                state,
                activated,
                paused,
                descriptorRevision,
                times,
                assignment,
                decisionId,
                phase,
                convergedGeneration,
                GraphOutline.behind(services, assignment, service -> followed.getOrDefault(service, 0L)));
    }

    private static Map<String, Long> followed(JsonValue services) {
        Map<String, Long> followed = new HashMap<>();
        JsonFieldReader.list(services)
                .forEach(service -> followed.put(service.text("service"), service.number("assignment")));
        return followed;
    }
}
