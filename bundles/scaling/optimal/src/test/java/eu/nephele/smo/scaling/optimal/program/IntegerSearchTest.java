// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.scaling.optimal.program.IntegerSearch.Found;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IntegerSearchTest {

    private static final long MUCH = 1L << 40;

    @Property(tries = 3000)
    void costsWhatTheCheapestOfAllAnswersCosts(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IntegerProgram program = random.nextBoolean() ? covering(random, 1 + random.nextInt(5)) : mixed(random);
        double cheapest = cheapest(program, new int[program.columns()], 0);
        Found found = IntegerSearch.solve(program, new SearchEffort(MUCH, () -> false));
        assertThat(found.proven()).isTrue();
        assertThat(found.units().isPresent()).isEqualTo(cheapest < Double.POSITIVE_INFINITY);
        found.units().ifPresent(units -> {
            assertThat(program.isFeasible(array(units))).isTrue();
            assertThat(program.cost(array(units))).isCloseTo(cheapest, within(1e-9));
        });
    }

    /** Whatever the effort: the answer fits, and the cheapest one is not below the bound. */
    @Property(tries = 300)
    void earlyEndHasAnAnswerAndATrueBound(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IntegerProgram program = covering(random, 30);
        double cheapest = cost(program, IntegerSearch.solve(program, new SearchEffort(MUCH, () -> false)));
        for (long steps : new long[] {0, 100, 10_000, 100_000}) {
            Found found = IntegerSearch.solve(program, new SearchEffort(steps, () -> false));
            assertThat(program.isFeasible(array(found.units().orElseThrow()))).isTrue();
            assertThat(cost(program, found) - found.gap()).isLessThanOrEqualTo(cheapest + 1e-9);
            assertThat(cost(program, found)).isGreaterThanOrEqualTo(cheapest - 1e-9);
        }
    }

    @Test
    void wholeNumbersAreExactWhereFloatingPointIsNot() {
        // one unit less than the odd amount needs all three
        long odd = (1L << 60) + 1;
        IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
        builder.addRow(odd);
        builder.addColumn(1, 0, 3, 1L << 59);
        Found found = IntegerSearch.solve(builder.build(), new SearchEffort(MUCH, () -> false));
        assertThat(found.units()).contains(List.of(3));
        assertThat(found.proven()).isTrue();
    }

    @Test
    void knownAnswerStaysWhenThereIsNoBetterOne() {
        IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
        builder.addRow(2);
        builder.addColumn(1, 0, 3, 1);
        Found found =
                IntegerSearch.solve(builder.build(), Optional.of(List.of(2)), new SearchEffort(MUCH, () -> false));
        assertThat(found).isEqualTo(new Found(Optional.of(List.of(2)), 0, true));
    }

    /** Many rows and columns: the inverse of the basis is computed anew on the way. */
    @Test
    void transportOfManyServicesIsSolvedToTheProof() {
        int services = 60;
        int clusters = 6;
        SplittableRandom random = new SplittableRandom(7);
        IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
        for (int s = 0; s < services; s++) {
            builder.addRow(10);
        }
        for (int c = 0; c < clusters; c++) {
            builder.addRow(-105);
        }
        for (int s = 0; s < services; s++) {
            for (int c = 0; c < clusters; c++) {
                builder.addColumn(random.nextInt(1000), 0, 10, List.of(s, services + c), List.of(1L, -1L));
            }
        }
        IntegerProgram program = builder.build();
        Found found = IntegerSearch.solve(program, new SearchEffort(MUCH, () -> false));
        assertThat(found.proven()).isTrue();
        assertThat(program.isFeasible(array(found.units().orElseThrow()))).isTrue();
    }

    private static IntegerProgram covering(SplittableRandom random, int columns) {
        int rows = 1 + random.nextInt(4);
        IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
        for (int k = 0; k < rows; k++) {
            builder.addRow(random.nextInt(columns * 5));
        }
        for (int j = 0; j < columns; j++) {
            // the last makes every row possible
            int from = j == columns - 1 ? columns * 5 : 0;
            builder.addColumn(
                    random.nextInt(10) / 7.0,
                    0,
                    1 + random.nextInt(5),
                    random.longs(rows, from, from + 12).toArray());
        }
        return builder.build();
    }

    private static IntegerProgram mixed(SplittableRandom random) {
        int rows = 1 + random.nextInt(4);
        IntegerProgram.ProgramBuilder builder = new IntegerProgram.ProgramBuilder();
        for (int k = 0; k < rows; k++) {
            builder.addRow(random.nextInt(60) - 40);
        }
        for (int j = random.nextInt(5); j >= 0; j--) {
            int low = random.nextInt(2);
            builder.addColumn(
                    (random.nextInt(21) - 10) / 7.0,
                    low,
                    low + random.nextInt(5),
                    random.longs(rows, -10, 11).toArray());
        }
        return builder.build();
    }

    private static double cheapest(IntegerProgram program, int[] units, int column) {
        if (column == units.length) {
            return program.isFeasible(units) ? program.cost(units) : Double.POSITIVE_INFINITY;
        }
        double cheapest = Double.POSITIVE_INFINITY;
        for (units[column] = program.lows()[column]; units[column] <= program.highs()[column]; units[column]++) {
            cheapest = Math.min(cheapest, cheapest(program, units, column + 1));
        }
        return cheapest;
    }

    private static double cost(IntegerProgram program, Found found) {
        return program.cost(array(found.units().orElseThrow()));
    }

    private static int[] array(List<Integer> units) {
        return units.stream().mapToInt(Integer::intValue).toArray();
    }
}
