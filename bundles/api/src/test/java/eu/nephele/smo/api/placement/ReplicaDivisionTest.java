// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaDivisionTest {

    private static final int MANY = Integer.MAX_VALUE;

    @ParameterizedTest(name = "over {0}, {1} to {2} each, {3} % survive: {4} replicas")
    @CsvSource({
        "2, 1, 2147483647,  0, 1, 2, 2",
        "2, 3, 2147483647,  0, 1, 6, 2",
        "1, 1,          2,  0, 7, 7, 4",
        "1, 1, 2147483647, 50, 1, 2, 2",
        "1, 1, 2147483647, 60, 5, 5, 3",
        "1, 1, 2147483647, 99, 1, 100, 100",
        "1, 2, 2147483647, 60, 3, 6, 3",
        "3, 2,          3,  0, 7, 7, 3"
    })
    void limitsSayHowManyReplicasAndClustersItTakes(
            int over, int min, int max, int surviving, int wanted, int replicas, int clusters) {
        ReplicaDivision division = new ReplicaDivision(over, min, max, surviving, Proportion.EQUAL, Map.of());
        assertThat(division.atLeast(wanted)).isEqualTo(replicas);
        assertThat(division.leastClusters(replicas)).isEqualTo(clusters);
    }

    @ParameterizedTest(name = "over {0}, at least {1} each, {2} % survive")
    @CsvSource({"2, 2147483647, 0", "1, 30000000, 99", "2147483647, 1, 0"})
    void aDivisionThatNeedsMoreReplicasThanAnyClusterRunsIsRefused(int over, int min, int surviving) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(over, min, MANY, surviving, Proportion.EQUAL, Map.of()))
                .withMessageContaining("at most 1000000 are possible");
    }

    @Test
    void aNumberThatCannotBeDividedStaysAndEndsTheSearch() {
        ReplicaDivision pairs = new ReplicaDivision(1, 2, 2, 0, Proportion.EQUAL, Map.of());
        assertThat(pairs.atLeast(MANY)).isEqualTo(MANY);
        assertThat(ReplicaDivision.divide(MANY, new double[] {1, 1}, new int[2], new int[] {MANY, MANY}))
                .isEmpty();
    }

    @Test
    void aNumberIsPossibleExactlyIfSomeSharesHaveNoFlaw() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 2_000; round++) {
            int min = 1 + random.nextInt(3);
            ReplicaDivision division = new ReplicaDivision(
                    1 + random.nextInt(3),
                    min,
                    min + random.nextInt(4),
                    random.nextInt(3) * 33,
                    Proportion.EQUAL,
                    Map.of());
            int replicas = 1 + random.nextInt(9);
            assertThat(division.isPossible(replicas))
                    .as("%s of %d", division, replicas)
                    .isEqualTo(hasShares(division, replicas, new int[9], 0));
        }
    }

    private static boolean hasShares(ReplicaDivision division, int left, int[] shares, int next) {
        if (left == 0) {
            return division.flaw(Arrays.stream(shares).boxed().toList()).isEmpty();
        }
        for (int share = 1; share <= left && next < shares.length; share++) {
            shares[next] = share;
            if (hasShares(division, left - share, shares, next + 1)) {
                return true;
            }
            shares[next] = 0;
        }
        return false;
    }

    @Test
    void flawsSayWhatIsWrong() {
        ReplicaDivision division = new ReplicaDivision(2, 2, 5, 40, Proportion.EQUAL, Map.of());
        assertThat(division.flaw(List.of(2, 3, 0))).isEmpty();
        assertThat(division.flaw(List.of(4))).contains("runs on 1 clusters, expected at least 2");
        assertThat(division.flaw(List.of(4, 1))).contains("1 replicas on one cluster, expected at least 2");
        assertThat(division.flaw(List.of(6, 4))).contains("6 replicas on one cluster, at most 5 may be");
        assertThat(division.flaw(List.of(5, 2)))
                .contains("2 of 7 replicas would remain without one of its clusters, expected 40 per cent");
    }

    @ParameterizedTest
    @CsvSource({"10, '1 1 1', '4 3 3'", "4, '2 1 1', '2 1 1'", "7, '3 1', '5 2'", "100, '70 20 10', '70 20 10'"})
    void replicasAreDividedInProportion(int replicas, String weights, String expected) {
        double[] byCluster = Arrays.stream(weights.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        int[] least = new int[byCluster.length];
        int[] most = new int[byCluster.length];
        Arrays.fill(most, MANY);
        assertThat(ReplicaDivision.divide(replicas, byCluster, least, most))
                .hasValue(Arrays.stream(expected.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    @Test
    void sharesKeepWithinTheirBoundsAndAddUp() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            int clusters = 1 + random.nextInt(5);
            double[] weights = random.doubles(clusters, 0.1, 5).toArray();
            int[] least = random.ints(clusters, 0, 3).toArray();
            int[] most =
                    Arrays.stream(least).map(low -> low + random.nextInt(4)).toArray();
            int replicas = random.nextInt(25);
            boolean possible = replicas >= Arrays.stream(least).sum()
                    && replicas <= Arrays.stream(most).sum();
            assertThat(ReplicaDivision.divide(replicas, weights, least, most).map(shares -> {
                        for (int c = 0; c < clusters; c++) {
                            assertThat(shares[c]).isBetween(least[c], most[c]);
                        }
                        return Arrays.stream(shares).sum();
                    }))
                    .isEqualTo(possible ? Optional.of(replicas) : Optional.empty());
        }
    }

    @Test
    void weightsBelongToClustersByNameOrInFull() {
        ReplicaDivision division =
                new ReplicaDivision(1, 1, MANY, 0, Proportion.WEIGHTS, Map.of("c1", 2, "karmada/c2", 3));
        assertThat(division.weightOf(new ClusterId("sim", "c1"))).isEqualTo(2);
        assertThat(division.weightOf(new ClusterId("karmada", "c2"))).isEqualTo(3);
        assertThat(division.weightOf(new ClusterId("sim", "c2"))).isZero();
        assertThat(ReplicaDivision.over(2).weightOf(new ClusterId("sim", "c2"))).isEqualTo(1);
    }

    @Test
    void severalDivisionsAreTheNarrowestOfTheirLimits() {
        ReplicaDivision one = new ReplicaDivision(2, 1, 4, 50, Proportion.FREE_CAPACITY, Map.of());
        ReplicaDivision two = new ReplicaDivision(1, 2, 9, 20, Proportion.EQUAL, Map.of());
        assertThat(one.and(two)).isEqualTo(new ReplicaDivision(2, 2, 4, 50, Proportion.FREE_CAPACITY, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.and(new ReplicaDivision(1, 5, 9, 0, Proportion.EQUAL, Map.of())));
    }

    @Test
    void contradictionsAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReplicaDivision.over(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(1, 1, MANY, 100, Proportion.EQUAL, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(1, 1, MANY, 0, Proportion.WEIGHTS, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(1, 1, MANY, 0, Proportion.EQUAL, Map.of("c1", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(1, 1, MANY, 0, Proportion.WEIGHTS, Map.of("c1", 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaDivision(3, 1, MANY, 0, Proportion.WEIGHTS, Map.of("c1", 1, "c2", 1)));
    }
}
