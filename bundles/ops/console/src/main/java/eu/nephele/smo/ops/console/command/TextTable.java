// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns of text, as wide as their longest cell. */
final class TextTable {

    private TextTable() {}

    static String render(List<String> heads, List<List<String>> rows) {
        List<List<String>> lines =
                Stream.concat(Stream.of(heads), rows.stream()).toList();
        String format = IntStream.range(0, heads.size())
                .map(column -> lines.stream()
                        .mapToInt(row -> row.get(column).length())
                        // a format knows no width of 0
                        .reduce(1, Math::max))
                .mapToObj("%%-%ds"::formatted)
                .collect(Collectors.joining("  "));
        return lines.stream()
                .map(row -> format.formatted(row.toArray()).stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}
