// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphOutline;
import java.util.List;

/** The columns of a graph that lists over all projects need: those of an outline and three more. */
public final class FactsColumns {

    private static final String ALL = "select " + OutlineColumns.COLUMNS
            + ", c.placement, c.decided_at, o.conditions from " + OutlineColumns.TABLES;

    private static final String IN_ORDER = " order by d.project, d.name limit ";

    /** The ?3 graphs of project ?1 after the name ?2. Apart from the further ones, as in {@link SummaryColumns}. */
    public static final String REST_OF_PROJECT = ALL + " where d.project = ?1 and d.name > ?2" + IN_ORDER + "?3";

    /** The ?2 graphs of the projects after ?1. */
    public static final String FURTHER_PROJECTS = ALL + " where d.project > ?1" + IN_ORDER + "?2";

    private FactsColumns() {}

    /** Reads one row of the queries. */
    public static GraphFacts facts(Object[] row) {
        RowReader rowReader = new RowReader(row);
        GraphOutline outline = OutlineColumns.outline(rowReader);
        return new GraphFacts(
                outline,
                OutlineColumns.services(row),
                rowReader.jsonOrNone().map(DecidedJson::placement).orElse(Placement.NONE),
                rowReader.optionalInstant(),
                rowReader.jsonOrNone().map(ObservedJson::conditions).orElse(List.of()));
    }
}
