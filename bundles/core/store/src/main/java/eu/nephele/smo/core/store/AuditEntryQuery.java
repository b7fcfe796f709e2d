// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.store.row.AuditColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.util.ArrayList;
import java.util.List;

/** Entries of the audit that a query selects, chosen by the database. */
final class AuditEntryQuery {

    private final List<Object> parameters = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(AuditColumns.ENTRIES);

    AuditEntryQuery(AuditQuery query, long after, int limit) {
        text.append(" where sequence > ").append(mark(after));
        query.from().ifPresent(from -> text.append(" and happened_at >= ").append(mark(InstantColumn.text(from))));
        query.to().ifPresent(to -> text.append(" and happened_at < ").append(mark(InstantColumn.text(to))));
        query.actor().ifPresent(actor -> text.append(" and actor = ").append(mark(actor)));
        query.action().ifPresent(action -> text.append(matching("action", action)));
        query.target().ifPresent(target -> text.append(matching("target", target)));
        query.outcome().ifPresent(outcome -> text.append(" and outcome = ").append(mark(outcome)));
        text.append(" order by sequence fetch first ").append(limit).append(" rows only");
    }

    private String matching(String column, String wanted) {
        if (!wanted.endsWith("*")) {
            return " and " + column + " = " + mark(wanted);
        }
        String prefix = wanted.substring(0, wanted.length() - 1);
        return " and " + column + " like " + mark(prefix.replaceAll("[!%_]", "!$0") + "%") + " escape '!'";
    }

    private String mark(Object value) {
        parameters.add(value);
        return "?" + parameters.size();
    }

    List<AuditEntry> run(Sql sql) {
        return sql.list(AuditColumns::entry, text.toString(), parameters.toArray());
    }
}
