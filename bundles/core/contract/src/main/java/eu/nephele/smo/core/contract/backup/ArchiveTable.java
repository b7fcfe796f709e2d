// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of an archive.
 *
 * @param name in lower case
 * @param columns in the order of the values of a row, one or more
 */
public record ArchiveTable(String name, List<ArchiveColumn> columns) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** @throws IllegalArgumentException when a name is none that our tables and columns may have: it becomes part of statements */
    public ArchiveTable {
        requireName(name);
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The table %s has no columns".formatted(name));
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a table or column".formatted(name.replaceAll("[^ -~]", "?")));
        }
    }

    /**
     * A column.
     *
     * @param name in lower case
     */
    public record ArchiveColumn(String name, ColumnType type) {
        public ArchiveColumn {
            requireName(name);
        }
    }

    /** Name of its part of an archive. */
    String entry() {
        return "tables/" + name + ".jsonl";
    }
}
