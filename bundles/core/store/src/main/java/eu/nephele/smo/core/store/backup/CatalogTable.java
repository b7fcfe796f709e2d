// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.backup;

import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as it is in the database.
 *
 * @param key columns of its primary key, in order
 * @param refersTo other tables that foreign keys name
 * @param ownReference the column by which a row refers to another row of the table
 * @param identity the column whose numbers the database gives out
 */
record CatalogTable(
        ArchiveTable table,
        List<String> key,
        Set<String> refersTo,
        Optional<String> ownReference,
        Optional<String> identity) {

    CatalogTable {
        key = List.copyOf(key);
        refersTo = Set.copyOf(refersTo);
    }

    String name() {
        return table.name();
    }

    private String columns() {
        return table.columns().stream().map(ArchiveColumn::name).collect(Collectors.joining(", "));
    }

    /** Queries that together give all rows: those first that refer to no other row of the table. */
    List<String> queries() {
        String select = "select " + columns() + " from " + name();
        String order = key.isEmpty() ? "" : " order by " + String.join(", ", key);
        return ownReference
                .map(column -> List.of(
                        select + " where " + column + " is null" + order,
                        select + " where " + column + " is not null" + order))
                .orElse(List.of(select + order));
    }

    String insert() {
        return "insert into " + name() + " (" + columns() + ") values ("
                + table.columns().stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }
}
