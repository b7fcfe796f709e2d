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
        int[] widths = IntStream.range(0, heads.size())
                .map(column -> Stream.concat(Stream.of(heads), rows.stream())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return Stream.concat(Stream.of(heads), rows.stream())
                .map(row -> line(row, widths))
                .collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
