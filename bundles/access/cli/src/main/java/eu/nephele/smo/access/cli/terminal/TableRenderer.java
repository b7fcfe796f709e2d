// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Rows under headings; columns of numbers are aligned to the right. A cell may have several lines. */
public final class TableRenderer {

    private static final int GAP = 2;
    private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

    private final int columns;
    private final List<List<Text>> lines = new ArrayList<>();

    public TableRenderer(String... headings) {
        columns = headings.length;
        row(headings);
    }

    /** @throws IllegalArgumentException when there are not as many cells as headings */
    public TableRenderer row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(
                    "cells=%d headings=%d, expected as many".formatted(cells.length, columns));
        }
        var split = Arrays.stream(cells).map(cell -> plain(cell).splitLines()).toList();
        int height = split.stream().mapToInt(cell -> cell.length).max().orElse(0);
        IntStream.range(0, height)
                .mapToObj(line -> split.stream()
                        .map(cell -> line < cell.length ? cell[line] : plain(""))
                        .toList())
                .forEach(lines::add);
        return this;
    }

    public boolean isEmpty() {
        return lines.size() == 1;
    }

    /** Returns lines without trailing blanks; the columns are as wide as their widest line. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, columns)
                .map(at -> lines.stream()
                        .mapToInt(line -> width(line.get(at)))
                        .max()
                        .orElse(0))
                .toArray();
        var numeric = IntStream.range(0, columns).mapToObj(this::isNumeric).toList();
        return lines.stream()
                .map(line -> rendered(line, at -> {
                    // picocli pads by characters: a column is narrower where its cell has wide ones
                    Text cell = line.get(at);
                    int free = widths[at] - width(cell);
                    int all = cell.plainString().length() + free + GAP;
                    return new Column(all, numeric.get(at) ? free : 0, Column.Overflow.TRUNCATE);
                }))
                .toList();
    }

    private static String rendered(List<Text> line, IntFunction<Column> column) {
        TextTable table = TextTable.forColumns(
                PLAIN, IntStream.range(0, line.size()).mapToObj(column).toArray(Column[]::new));
        table.addRowValues(line.toArray(Text[]::new));
        return table.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return !isEmpty()
                && lines.stream()
                        .skip(1)
                        .allMatch(line -> line.get(column).plainString().matches("-?|-?[0-9][0-9./]*"));
    }

    private static Text plain(String cell) {
        return PLAIN.apply(cell.stripTrailing(), List.of());
    }

    /** Returns columns on a terminal; picocli takes the two characters of an emoji for one column. */
    private static int width(Text text) {
        return Math.max(text.getCJKAdjustedLength(), text.plainString().length());
    }
}
