// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes whole numbers of the values of a relaxation: rounded down, repaired row by row, then as cheap as each can become alone. */
final class Rounding {

    private static final double WHOLE = 1e-6;
    private static final int REPAIRS = 3;

    private final IntegerProgram program;
    private final int[] low;
    private final int[] high;
    private final List<Integer> dearest;

    /** @param low bounds, which the caller may change between calls, as the upper ones */
    Rounding(IntegerProgram program, int[] low, int[] high) {
        this.program = program;
        this.low = low;
        this.high = high;
        this.dearest = sorted(j -> -Math.abs(program.cost(j)));
    }

    /** Returns numbers that satisfy all rows; empty if none were found, which proves nothing. */
    Optional<int[]> round(double... values) {
        int[] units = new int[values.length];
        for (int j = 0; j < units.length; j++) {
            units[j] = Math.max(low[j], Math.min(high[j], (int) Math.floor(values[j] + WHOLE)));
        }
        return repaired(units, sorted(j -> units[j] - values[j]));
    }

    Optional<int[]> repaired(int[] units, List<Integer> order) {
        long[] spare = program.spare(units);
        boolean violated = isViolated(spare);
        for (int repair = 0; violated && repair < REPAIRS; repair++) {
            for (int row = 0; row < spare.length; row++) {
                for (int at = 0; at < order.size() && spare[row] < 0; at++) {
                    towards(row, order.get(at), units, spare);
                }
            }
            violated = isViolated(spare);
        }
        if (violated) {
            return Optional.empty();
        }
        for (int j : dearest) {
            boolean raise = program.cost(j) < 0;
            change(
                    j,
                    raise ? possible(j, high[j] - units[j], 1, spare) : -possible(j, units[j] - low[j], -1, spare),
                    units,
                    spare);
        }
        return Optional.of(units);
    }

    /** Changes a column, as far as other rows allow it, so that the row is violated less. */
    private void towards(int row, int column, int[] units, long... spare) {
        for (int e = program.start(column); e < program.start(column + 1); e++) {
            if (program.row(e) == row) {
                int sign = program.amount(e) > 0 ? 1 : -1;
                long each = Math.abs(program.amount(e));
                long wanted = (each - 1 - spare[row]) / each;
                int most = sign > 0 ? high[column] - units[column] : units[column] - low[column];
                change(column, sign * possible(column, (int) Math.min(wanted, most), sign, spare), units, spare);
            }
        }
    }

    /** How many of the units are possible without violating a row, or violating it more. */
    private int possible(int column, int wanted, int sign, long... spare) {
        long units = wanted;
        for (int e = program.start(column); e < program.start(column + 1); e++) {
            long each = sign * program.amount(e);
            if (each < 0) {
                units = Math.min(units, Math.max(0, spare[program.row(e)]) / -each);
            }
        }
        return (int) units;
    }

    private void change(int column, int by, int[] units, long... spare) {
        if (by != 0) {
            units[column] += by;
            for (int e = program.start(column); e < program.start(column + 1); e++) {
                spare[program.row(e)] += program.amount(e) * by;
            }
        }
    }

    private static boolean isViolated(long... spare) {
        return IntStream.range(0, spare.length).anyMatch(row -> spare[row] < 0);
    }

    private List<Integer> sorted(ToDoubleFunction<Integer> key) {
        return IntStream.range(0, program.columns())
                .boxed()
                .sorted(Comparator.comparingDouble(key))
                .toList();
    }
}
