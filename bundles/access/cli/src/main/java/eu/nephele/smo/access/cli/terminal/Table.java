// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns as wide as their widest cell; columns of numbers are aligned to the right. */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** @throws IllegalArgumentException when there are not as many cells as headings */
    public Table row(String... cells) {
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

    /** The headings, then the rows; no line ends with blanks. */
    public List<String> lines() {
        List<StringBuilder> lines = new ArrayList<>();
        lines.add(new StringBuilder());
        rows.forEach(row -> lines.add(new StringBuilder()));
        for (int column = 0; column < headings.size(); column++) {
            List<String> cells = column(column);
            int width = cells.stream().mapToInt(String::length).max().orElse(0);
            boolean right = cells.stream().skip(1).allMatch(Table::isNumber) && !rows.isEmpty();
            for (int line = 0; line < cells.size(); line++) {
                String blanks = " ".repeat(width - cells.get(line).length());
                lines.get(line)
                        .append(column == 0 ? "" : GAP)
                        .append(right ? blanks + cells.get(line) : cells.get(line) + blanks);
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private List<String> column(int column) {
        List<String> cells = new ArrayList<>();
        cells.add(headings.get(column));
        rows.forEach(row -> cells.add(row.get(column)));
        return cells;
    }

    private static boolean isNumber(String cell) {
        return cell.equals("-") || cell.matches("-?[0-9][0-9./]*");
    }
}
