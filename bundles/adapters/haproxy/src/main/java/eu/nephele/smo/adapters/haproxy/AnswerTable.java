// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table in an answer: rows with names of columns, so that those of other versions of HAProxy may be at other places.
 *
 * @param complete whether each row has at least the columns of the header
 */
record AnswerTable(List<AnswerRow> rows, boolean complete) {

    AnswerTable {
        rows = List.copyOf(rows);
    }

    /** Separates the fields of a line. */
    @FunctionalInterface
    interface Fields {
        List<String> split(String line);
    }

    /**
     * @param beginning of the header, which ends with the first column
     * @param firstColumn its name
     * @return empty without such a header
     */
    static Optional<AnswerTable> find(List<String> lines, String beginning, String firstColumn, Fields fields) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning + firstColumn)) {
                List<String> columns = fields.split(lines.get(i).substring(beginning.length()));
                return Optional.of(read(lines.subList(i + 1, lines.size()), columns, fields));
            }
        }
        return Optional.empty();
    }

    private static AnswerTable read(List<String> lines, List<String> header, Fields fields) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.put(header.get(i), i);
        }
        List<AnswerRow> rows = new ArrayList<>();
        boolean complete = true;
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                break;
            }
            List<String> values = fields.split(line);
            complete &= values.size() >= header.size();
            rows.add(new AnswerRow(columns, values));
        }
        return new AnswerTable(rows, complete);
    }
}
