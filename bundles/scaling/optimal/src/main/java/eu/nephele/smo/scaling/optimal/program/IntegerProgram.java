// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.ArrayList;
import java.util.List;

/**
 * Whole numbers of least cost: {@code min cost·x} with {@code low ≤ x ≤ high} and {@code A·x ≥ least} for every row. Amounts are exact.
 * Columns are stored sparsely, those of the same number one after the other.
 */
public final class IntegerProgram {

    private final List<Column> columns;
    private final long[] least;

    /**
     * @param cost of one unit
     * @param low 0 or more
     * @param rows the rows that it is part of
     * @param amounts of one unit in these rows
     */
    private record Column(double cost, int low, int high, List<Integer> rows, List<Long> amounts) {}

    /** Collects rows and columns. */
    public static final class ProgramBuilder {

        private final List<Column> columns = new ArrayList<>();
        private final List<Long> least = new ArrayList<>();

        /** @return number of the row */
        public int addRow(long atLeast) {
            least.add(atLeast);
            return least.size() - 1;
        }

        /**
         * @param amounts of one unit, per row; those not given are 0
         * @return number of the column
         */
        public int addColumn(double cost, int low, int high, long... amounts) {
            List<Integer> rows = new ArrayList<>();
            List<Long> given = new ArrayList<>();
            for (int row = 0; row < amounts.length; row++) {
                if (amounts[row] != 0) {
                    rows.add(row);
                    given.add(amounts[row]);
                }
            }
            return addColumn(cost, low, high, rows, given);
        }

        /** @return number of the column */
        public int addColumn(double cost, int low, int high, List<Integer> rows, List<Long> amounts) {
            columns.add(new Column(cost, low, high, List.copyOf(rows), List.copyOf(amounts)));
            return columns.size() - 1;
        }

        public IntegerProgram build() {
            return new IntegerProgram(
                    columns, least.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private final int[] start;
    private final int[] row;
    private final long[] amount;

    private IntegerProgram(List<Column> columns, long... least) {
        this.columns = List.copyOf(columns);
        this.least = least;
        this.start = new int[columns.size() + 1];
        for (int j = 0; j < columns.size(); j++) {
            start[j + 1] = start[j] + columns.get(j).rows().size();
        }
        this.row = columns.stream()
                .flatMap(column -> column.rows().stream())
                .mapToInt(Integer::intValue)
                .toArray();
        this.amount = columns.stream()
                .flatMap(column -> column.amounts().stream())
                .mapToLong(Long::longValue)
                .toArray();
    }

    int columns() {
        return columns.size();
    }

    int rows() {
        return least.length;
    }

    double cost(int column) {
        return columns.get(column).cost();
    }

    int[] lows() {
        return columns.stream().mapToInt(Column::low).toArray();
    }

    int[] highs() {
        return columns.stream().mapToInt(Column::high).toArray();
    }

    long least(int atRow) {
        return least[atRow];
    }

    /** First entry of a column; the last one is before that of the next. */
    int start(int column) {
        return start[column];
    }

    int row(int entry) {
        return row[entry];
    }

    long amount(int entry) {
        return amount[entry];
    }

    double cost(int... x) {
        double cost = 0;
        for (int j = 0; j < x.length; j++) {
            cost += cost(j) * x[j];
        }
        return cost;
    }

    /** Returns what is over in each row; negative where the row is violated. */
    long[] spare(int... x) {
        long[] spare = new long[least.length];
        for (int k = 0; k < spare.length; k++) {
            spare[k] = -least[k];
        }
        for (int j = 0; j < x.length; j++) {
            for (int e = start[j]; e < start[j + 1]; e++) {
                spare[row[e]] += amount[e] * x[j];
            }
        }
        return spare;
    }

    boolean isFeasible(int... x) {
        for (long over : spare(x)) {
            if (over < 0) {
                return false;
            }
        }
        return true;
    }

    /** The columns that may still vary; the others have their low value. */
    IntegerProgram within(int[] low, int[] high, List<Integer> varying) {
        ProgramBuilder builder = new ProgramBuilder();
        int[] fixed = low.clone();
        varying.forEach(j -> fixed[j] = 0);
        for (long over : spare(fixed)) {
            builder.addRow(-over);
        }
        for (int j : varying) {
            Column column = columns.get(j);
            builder.addColumn(column.cost(), low[j], high[j], column.rows(), column.amounts());
        }
        return builder.build();
    }
}
