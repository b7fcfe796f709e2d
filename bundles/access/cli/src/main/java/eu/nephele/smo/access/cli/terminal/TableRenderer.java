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

    /** A shortened cell has at least so many characters. */
    private static final int LEAST = 6;

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
        return lines(lines, widths());
    }

    /** Returns lines of at most so many columns: wide cells are shortened, and where that is not enough each row is a block. */
    public List<String> lines(int width) {
        int[] widths = widths();
        if (total(widths) <= width) {
            return lines(lines, widths);
        }
        int[] narrow = narrowed(widths, width);
        return total(narrow) <= width
                ? lines(lines.stream().map(line -> shortened(line, narrow)).toList(), narrow)
                : blocks();
    }

    private int[] widths() {
        return IntStream.range(0, columns)
                .map(at -> lines.stream()
                        .mapToInt(line -> width(line.get(at)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static int total(int... widths) {
        return Arrays.stream(widths).sum() + GAP * (widths.length - 1);
    }

    /** The widest columns become narrower, down to a width that still says something. */
    private static int[] narrowed(int[] widths, int width) {
        int[] narrow = widths.clone();
        while (total(narrow) > width) {
            int widest = IntStream.range(0, narrow.length).reduce(0, (a, b) -> narrow[b] > narrow[a] ? b : a);
            if (narrow[widest] <= LEAST) {
                break;
            }
            narrow[widest]--;
        }
        return narrow;
    }

    private static List<Text> shortened(List<Text> line, int... widths) {
        return IntStream.range(0, line.size())
                .mapToObj(at -> {
                    String text = line.get(at).plainString();
                    return width(line.get(at)) <= widths[at]
                            ? line.get(at)
                            : plain(text.substring(0, Math.min(text.length(), widths[at] - 1)) + "…");
                })
                .toList();
    }

    /** Each row as lines of heading and value. */
    private List<String> blocks() {
        int widest = IntStream.range(0, columns)
                .map(at -> width(lines.get(0).get(at)))
                .max()
                .orElse(0);
        List<String> blocks = new ArrayList<>();
        for (List<Text> line : lines.subList(1, lines.size())) {
            for (int at = 0; at < columns; at++) {
                String heading = lines.get(0).get(at).plainString();
                String value = line.get(at).plainString();
                if (!value.isEmpty()) {
                    blocks.add(heading + " ".repeat(widest - heading.length() + GAP) + value);
                }
            }
            blocks.add("");
        }
        return blocks.isEmpty() ? List.of("") : blocks;
    }

    private List<String> lines(List<List<Text>> cells, int... widths) {
        var numeric = IntStream.range(0, columns).mapToObj(this::isNumeric).toList();
        return cells.stream()
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
