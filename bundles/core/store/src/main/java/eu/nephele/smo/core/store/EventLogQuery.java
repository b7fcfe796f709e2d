// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.store.row.EventColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Published events that a filter accepts, chosen by the database. */
final class EventLogQuery {

    private final List<Object> parameters = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(EventColumns.SELECT);

    EventLogQuery(long afterSequence, EventFilter filter, int limit) {
        text.append(" where sequence > ").append(mark(afterSequence));
        if (!filter.types().isEmpty()) {
            text.append(filter.types().stream().map(this::type).collect(Collectors.joining(" or ", " and (", ")")));
        }
        if (!filter.projects().isEmpty()) {
            // An event about no graph has an empty project and name.
            text.append(" and name <> '' and project in (")
                    .append(marks(filter.projects()))
                    .append(")");
        }
        text.append(" order by sequence fetch first ").append(limit).append(" rows only");
    }

    private String marks(Collection<String> values) {
        return new TreeSet<>(values).stream().map(this::mark).collect(Collectors.joining(", "));
    }

    private String type(String wanted) {
        if (!wanted.endsWith("*")) {
            return "type = " + mark(wanted);
        }
        String prefix = wanted.substring(0, wanted.length() - 1);
        return "type like " + mark(prefix.replaceAll("[!%_]", "!$0") + "%") + " escape '!'";
    }

    private String mark(Object value) {
        parameters.add(value);
        return "?" + parameters.size();
    }

    List<StoredEvent> run(Sql sql) {
        return sql.list(EventColumns::event, text.toString(), parameters.toArray());
    }
}
