// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, columns as wide as their widest line; columns of numbers are aligned to the right. A cell may have several
 * lines.
 */
public final class TableRenderer {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TableRenderer(String... headings) {
        this.headings = List.of(headings);
    }

    /** @throws IllegalArgumentException when there are not as many cells as headings */
    public TableRenderer row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "cells=%d headings=%d, expected as many".formatted(cells.length, headings.size()));
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The headings, then the rows, as many lines for each as its tallest cell has; no line ends with blanks. */
    public List<String> lines() {
        List<List<List<String>>> blocks = new ArrayList<>();
        blocks.add(cells(headings));
        rows.forEach(row -> blocks.add(cells(row)));
        int[] widths = new int[headings.size()];
        boolean[] right = new boolean[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = blocks.stream()
                    .flatMap(block -> block.get(at).stream())
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            right[column] = !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(at)));
        }
        return blocks.stream()
                .flatMap(block -> lines(block, widths, right).stream())
                .toList();
    }

    private static List<List<String>> cells(List<String> row) {
        return row.stream()
                .map(cell -> cell.isEmpty()
                        ? List.of("")
                        : cell.lines().map(String::stripTrailing).toList())
                .toList();
    }

    private static List<String> lines(List<List<String>> cells, int[] widths, boolean[] right) {
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell =
                        line < cells.get(column).size() ? cells.get(column).get(line) : "";
                String blanks = " ".repeat(widths[column] - cell.length());
                text.append(column == 0 ? "" : GAP).append(right[column] ? blanks + cell : cell + blanks);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    private static boolean isNumber(String cell) {
        return cell.equals("-") || cell.matches("-?[0-9][0-9./]*");
    }
}
