// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.ArrayList;
import java.util.List;

/** Splits lines of statistics: commas, and quotes around what has commas or quotes (doubled) itself. */
final class CsvLine {

    private CsvLine() {}

    static List<String> split(String line) {
        return line.indexOf('"') < 0 ? List.of(line.split(",", -1)) : unquoted(line);
    }

    private static List<String> unquoted(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
