// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of a table: of thousands, each with a hundred fields, few are read.
 *
 * @param columns place of each, by its name
 */
record AnswerRow(Map<String, Integer> columns, List<String> fields) {

    static final AnswerRow EMPTY = new AnswerRow(Map.of(), List.of());

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    /** "" where there is none. */
    String text(String column) {
        return Optional.ofNullable(columns.get(column))
                .filter(place -> place < fields.size())
                .map(fields::get)
                .orElse("");
    }

    /** 0 where there is no number. */
    long number(String column) {
        String text = text(column);
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
