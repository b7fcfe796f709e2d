// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.store.row.OutlineColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pages of the graphs of a project: their names from the primary key, what is shown of them from memory, and of those that are not there
 * from the database.
 */
record GraphPages(Database database) {

    private static final char NUL = '\0';
    /** So many names are read at least when a page needs more than it shows, */
    private static final int LEAST_NAMES = 20;
    /** and so many at once at most. */
    private static final int MOST_NAMES = 2_000;
    /** Each time so many times more: a page beside many that leave takes few statements, and reads little that it does not need. */
    private static final int GROWTH = 4;

    List<GraphOutline> page(String project, String after, String from, int limit) {
        if (from.indexOf(NUL) >= 0) {
            return List.of();
        }
        List<GraphOutline> page = new ArrayList<>();
        String last = upToNul(after);
        int wanted = limit;
        int further = LEAST_NAMES;
        boolean more = true;
        while (more) {
            List<GraphId> next = next(project, last, from, wanted);
            database.records().outlines(next, this::outlines).stream()
                    .filter(outline -> outline.state() != DesiredState.REMOVED)
                    .limit(limit - (long) page.size())
                    .forEach(page::add);
            more = next.size() == wanted && page.size() < limit;
            last = next.isEmpty() ? last : next.get(next.size() - 1).name();
            // more each time: between those that are there, thousands may be on their way out
            wanted = Math.max(further, Math.min(limit - page.size(), MOST_NAMES));
            further = Math.min(GROWTH * further, MOST_NAMES);
        }
        return page;
    }

    /** The order is that of the primary key, project included: else H2 reads all graphs of the project and sorts them. */
    private List<GraphId> next(String project, String after, String from, int limit) {
        return database.transactions()
                .read("read the next names of the graphs of project " + project, entities -> new Sql(entities)
                                .values(
                                        "select name from desired where project = ?1 and name > ?2 and name >= ?3"
                                                + " order by project, name limit ?4",
                                        project,
                                        after,
                                        from,
                                        limit)
                                .stream()
                                .map(name -> new GraphId(project, (String) name))
                                .toList());
    }

    /** @param graphs some that follow each other in one project, in order */
    private List<GraphOutline> outlines(Collection<GraphId> graphs) {
        List<GraphId> asked = List.copyOf(graphs);
        Set<String> names = graphs.stream().map(GraphId::name).collect(Collectors.toSet());
        GraphId first = asked.get(0);
        return database.transactions()
                .read("read a page of the graphs of project " + first.project(), entities -> new Sql(entities)
                                .rows(
                                        OutlineColumns.QUERY,
                                        first.project(),
                                        first.name(),
                                        asked.get(asked.size() - 1).name())
                                .stream()
                                .filter(row -> names.contains((String) row[OutlineColumns.NAME]))
                                .map(OutlineColumns::outline)
                                .toList());
    }

    /** PostgreSQL refuses NUL in a text; no name has one, so that the same names come after what stands before it. */
    private static String upToNul(String name) {
        int end = name.indexOf(NUL);
        return end < 0 ? name : name.substring(0, end);
    }
}
