// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.scaling.optimal.program.CoveringKnapsack.Cover;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoveringKnapsackTest {

    @Test
    void looksBeyondTheGreedyOrder() {
        // greedy uses two of the first (100), the second alone (60) is enough
        CoveringKnapsack covering = new CoveringKnapsack(new long[] {10, 11}, new int[] {2, 1}, new double[] {50, 60});
        Cover cover = covering.atLeast(11, new SearchEffort(Long.MAX_VALUE, () -> false));
        assertThat(cover.units()).containsExactly(0, 1);
        assertThat(cover.proven()).isTrue();
    }

    @Test
    void stopSignKeepsTheGreedyAnswerWithItsGap() {
        CoveringKnapsack covering = new CoveringKnapsack(new long[] {10, 11}, new int[] {2, 1}, new double[] {50, 60});
        Cover cover = covering.atLeast(11, new SearchEffort(Long.MAX_VALUE, () -> true));
        assertThat(cover.units()).containsExactly(2, 0);
        assertThat(cover.proven()).isFalse();
        // one of the first and one of the second unit of size at 60/11: 50 + 60/11 is the bound
        assertThat(cover.gap()).isCloseTo(50 - 60.0 / 11, within(1e-9));
    }

    @Test
    void hugeOddAmountsAreCoveredToTheProof() {
        long[] size = {1_000_000_007L, 999_999_937L, 1_073_741_827L};
        CoveringKnapsack covering = new CoveringKnapsack(size, new int[] {3, 3, 3}, new double[] {1, 1.01, 1.05});
        Cover cover = covering.atLeast(5_000_000_001L, new SearchEffort(Long.MAX_VALUE, () -> false));
        assertThat(freed(size, cover)).isGreaterThanOrEqualTo(5_000_000_001L);
        assertThat(cover.proven()).isTrue();
        assertThat(price(new double[] {1, 1.01, 1.05}, cover.units())).isCloseTo(5.06, within(1e-9));
    }

    @Test
    void allIsGivenBackWhereThatIsTooLittle() {
        CoveringKnapsack covering = new CoveringKnapsack(new long[] {10, 11}, new int[] {2, 1}, new double[] {50, 60});
        Cover cover = covering.atLeast(32, new SearchEffort(Long.MAX_VALUE, () -> false));
        assertThat(cover.units()).containsExactly(2, 1);
    }

    @Property(tries = 3000)
    void costsWhatTheCheapestCoverCosts(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int items = 1 + random.nextInt(5);
        long[] size =
                IntStream.range(0, items).mapToLong(i -> 1 + random.nextInt(20)).toArray();
        int[] room = IntStream.range(0, items).map(i -> 1 + random.nextInt(4)).toArray();
        double[] price = IntStream.range(0, items)
                .mapToDouble(i -> random.nextInt(30) / 10.0)
                .toArray();
        long all = IntStream.range(0, items).mapToLong(i -> size[i] * room[i]).sum();
        long amount = 1 + random.nextLong(all);
        Cover cover =
                new CoveringKnapsack(size, room, price).atLeast(amount, new SearchEffort(Long.MAX_VALUE, () -> false));
        assertThat(cover.proven()).isTrue();
        assertThat(freed(size, cover)).isGreaterThanOrEqualTo(amount);
        assertThat(IntStream.range(0, items).allMatch(i -> cover.units().get(i) <= room[i]))
                .isTrue();
        assertThat(price(price, cover.units())).isCloseTo(cheapest(size, room, price, amount), within(1e-9));
    }

    /** As many services as one cluster will ever have, with realistic sizes and prices. */
    @ParameterizedTest
    @ValueSource(ints = {50, 500, 5000})
    void manyServicesAreSolvedToTheProof(int services) {
        int proven = 0;
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(1000L * services + seed);
            long[] sizes = {100, 250, 500, 1000, 2000, 4000};
            long[] size = random.ints(services, 0, sizes.length)
                    .mapToLong(i -> sizes[i])
                    .toArray();
            int[] room = random.ints(services, 1, 15).toArray();
            double[] price =
                    random.ints(services, 3, 21).mapToDouble(max -> 0.2 / max).toArray();
            long all = IntStream.range(0, services)
                    .mapToLong(i -> size[i] * room[i])
                    .sum();
            long amount = Math.round(all * 0.437);
            Cover cover = new CoveringKnapsack(size, room, price)
                    .atLeast(amount, new SearchEffort(Long.MAX_VALUE, () -> false));
            assertThat(freed(size, cover)).isGreaterThanOrEqualTo(amount);
            assertThat(cover.gap()).isLessThan(1e-3);
            proven += cover.proven() ? 1 : 0;
            if (services == 50 || (services == 500 && seed == 0)) {
                long[] fifties = Arrays.stream(size).map(one -> one / 50).toArray();
                assertThat(price(price, cover.units()))
                        .isCloseTo(cheapest(fifties, room, price, (amount + 49) / 50), within(1e-9));
            }
        }
        assertThat(proven).isEqualTo(10);
    }

    /** Amounts without a common divisor, as bytes are. */
    @Test
    void manyOddAmountsAreCoveredToTheProof() {
        for (int seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] size = random.longs(5000, 1L << 20, 1L << 32).toArray();
            int[] room = random.ints(5000, 1, 15).toArray();
            double[] price =
                    random.ints(5000, 3, 21).mapToDouble(max -> 0.2 / max).toArray();
            long amount = IntStream.range(0, size.length)
                            .mapToLong(i -> size[i] * room[i])
                            .sum()
                    / 3;
            Cover cover = new CoveringKnapsack(size, room, price)
                    .atLeast(amount, new SearchEffort(Long.MAX_VALUE, () -> false));
            assertThat(freed(size, cover)).isGreaterThanOrEqualTo(amount);
            assertThat(cover.gap()).isLessThan(1e-6);
        }
    }

    private static long freed(long[] size, Cover cover) {
        return IntStream.range(0, size.length)
                .mapToLong(i -> size[i] * cover.units().get(i))
                .sum();
    }

    private static double price(double[] price, List<Integer> units) {
        return IntStream.range(0, price.length)
                .mapToDouble(i -> price[i] * units.get(i))
                .sum();
    }

    /** By amounts one at a time, without windows, parcels and bounds. */
    private static double cheapest(long[] size, int[] room, double[] price, long amount) {
        double[] cheapest = new double[(int) amount + 1];
        Arrays.fill(cheapest, 1, cheapest.length, Double.POSITIVE_INFINITY);
        for (int i = 0; i < size.length; i++) {
            for (int unit = 0; unit < room[i]; unit++) {
                for (int a = (int) amount; a > 0; a--) {
                    cheapest[a] = Math.min(cheapest[a], cheapest[(int) Math.max(0, a - size[i])] + price[i]);
                }
            }
        }
        return cheapest[(int) amount];
    }
}
