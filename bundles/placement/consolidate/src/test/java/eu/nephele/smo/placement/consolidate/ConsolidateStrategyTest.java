// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolidateStrategyTest {

    private final ConsolidateStrategy strategy = new ConsolidateStrategy();
    private final List<ClusterCapacity> clusters = new ArrayList<>();

    @Test
    void fewClustersCountMoreThanWhateverTheyCost() {
        add(4, 4, false, 0, 0);
        add(4, 4, false, 0, 0);
        add(8, 8, false, 0, 0);
        PlacementObjective dear = (request, costs) -> {
            costs.assign(0, 2, 100);
            costs.assign(1, 2, 100);
        };
        assertThat(columns(dear, 4, 4)).isEqualTo("2,2");
    }

    @Test
    void aClusterOnWhichAnythingRunsIsOnAlready() {
        add(8, 8, false, 0, 0);
        add(8, 8, true, 0, 0);
        add(7, 8, false, 0, 0);
        assertThat(columns(3, 3)).as("told to be occupied").isEqualTo("1,1");
        assertThat(columns(5, 5)).as("a core is missing of c2").isEqualTo("1,2");
        assertThat(note(5, 5)).isEqualTo("opens 0 clusters, then least carbon and cost: proven");
        assertThat(note(5, 5, 5)).startsWith("opens 1 cluster,");
    }

    @Test
    void amongAsManyTheCleanestClusterIsChosenWithItsIdlePower() {
        add(8, 8, false, 100, 0);
        add(8, 8, false, 50, 0);
        add(8, 8, false, 40, 0);
        assertThat(columns(2, 2)).isEqualTo("2,2");

        clusters.set(2, cluster(2, 8, 8, false, 40, 200));
        assertThat(columns(2, 2)).as("idle, c2 emits more than c1 in use").isEqualTo("1,1");
    }

    @Test
    void theIdlePowerOfAClusterThatIsOnIsEmittedAnyway() {
        add(8, 8, true, 50, 0);
        add(8, 8, true, 40, 200);
        assertThat(columns(2, 2)).isEqualTo("1,1");
    }

    @Test
    void whatTellsNoCarbonIsNotCleanAndWithoutAnyTheCostsDecide() {
        add(8, 8, false, 90, 0);
        add(8, 8, false, 0, 0);
        add(8, 8, false, 80, 0);
        assertThat(columns(2)).isEqualTo("2");

        clusters.clear();
        add(8, 8, false, 0, 0);
        add(8, 8, false, 0, 0);
        assertThat(columns((request, costs) -> costs.assign(0, 0, 1), 2)).isEqualTo("1");
    }

    /** Compared with all placements: clusters that are switched on, then costs, as no cluster tells its carbon intensity. */
    @Property(tries = 500)
    void noPlacementOfASmallProblemIsBetter(@ForAll long seed) {
        PlacementRequest request = RandomProblems.small(seed);
        if (strategy.place(request, SimpleContext.unlimited()) instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
            assertThat(placed.quality().stop()).isEqualTo(StopReason.FINISHED);
            assertThat(placed.quality().lowerBoundMicros())
                    .as("a bound of costs is not known")
                    .isEmpty();
            PlacementRequest opening = request.withCosts(List.of(
                    Pricing.costs(request, Map.of(ConsolidateStrategyTest::open, 1.0)),
                    request.costs().get(0)));
            Placed best = new Placed(Enumeration.best(opening).orElseThrow(), placed.quality());
            for (int level = 0; level < 2; level++) {
                assertThat(Pricing.total(opening, placed.placement(), level))
                        .isEqualTo(Pricing.total(opening, best.placement(), level));
            }
        } else {
            assertThat(Enumeration.best(request)).isEmpty();
        }
    }

    private static void open(PlacementRequest request, CostTable costs) {
        for (int c = 0; c < request.clusters().size(); c++) {
            costs.open(c, 1);
        }
    }

    @ParameterizedTest(name = "{0} services, {1} clusters, {2} of the capacity spare, {3} ms")
    @CsvSource({"200, 20, 1, 600", "1000, 100, 1, 1500", "1000, 100, 1, 1"})
    void answersInTimeWithAPlacementThatKeepsAllRules(int services, int clusters, double spare, long millis) {
        PlacementRequest request = RandomProblems.federation(5, services, clusters, spare);
        long start = System.nanoTime();
        Placed placed = (Placed) strategy.place(request, SimpleContext.within(millis));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(millis + 5_000));
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        int used = placed.placement().clusters().size();
        assertThat(used).isLessThan(clusters);
        assertThat(placed.quality().note()).isEqualTo("opens %d clusters".formatted(used));
    }

    /** So much goes to few clusters for 300 services: 2,000 units each. */
    @Test
    void whatIsLeftOfTheWorkLowersTheCostOnTheClustersThatAreUsed() {
        PlacementRequest request = RandomProblems.federation(7, 300, 15, 1);
        Placed few = within(request, 600_000);
        Placed cheap = within(request, 4_000_000);
        assertThat(cheap.placement().clusters())
                .hasSameSizeAs(few.placement().clusters())
                .hasSizeLessThan(9);
        assertThat(Pricing.total(request, cheap.placement(), 0))
                .isLessThan(Pricing.total(request, few.placement(), 0) * 95 / 100);
    }

    private Placed within(PlacementRequest request, long units) {
        return (Placed) strategy.place(request, SimpleContext.unlimited().withWorkBudget(units));
    }

    @Test
    void aReplayOnTheWorkBudgetIsIdentical() {
        for (int services : new int[] {12, 60, 300}) {
            PlacementRequest request = RandomProblems.federation(services, services, 10, 0.3);
            Placed first = (Placed) strategy.place(request, SimpleContext.within(250));
            long units = first.quality().workUnits().orElseThrow();
            Placed replay =
                    (Placed) strategy.place(request, SimpleContext.unlimited().withWorkBudget(units));
            assertThat(replay.placement()).isEqualTo(first.placement());
            assertThat(replay.quality()).isEqualTo(first.quality());
        }
    }

    /** @param gramsPerKwh 0 for a cluster that does not tell it */
    private void add(int freeCores, int cores, boolean occupied, int gramsPerKwh, int idleWatts) {
        clusters.add(cluster(clusters.size(), freeCores, cores, occupied, gramsPerKwh, idleWatts));
    }

    private static ClusterCapacity cluster(
            int number, int freeCores, int cores, boolean occupied, int gramsPerKwh, int idleWatts) {
        OptionalDouble carbon = gramsPerKwh == 0 ? OptionalDouble.empty() : OptionalDouble.of(gramsPerKwh);
        return new ClusterCapacity(
                new ClusterId("test", "c" + number),
                new Resources(1000L * freeCores, 0, 0, 0),
                new Resources(1000L * cores, 0, 0, 0),
                occupied,
                Map.of(),
                new EnergyProfile(idleWatts, idleWatts + 10.0 * cores),
                new ClusterSignals(carbon, OptionalDouble.empty(), OptionalDouble.empty(), List.of()));
    }

    private String columns(int... cores) {
        return columns((request, costs) -> {}, cores);
    }

    private String columns(PlacementObjective objective, int... cores) {
        PlacementRequest request = request(objective, cores);
        return Columns.text(request, ((Placed) strategy.place(request, SimpleContext.unlimited())).placement());
    }

    private String note(int... cores) {
        PlacementRequest request = request((problem, costs) -> {}, cores);
        return ((Placed) strategy.place(request, SimpleContext.unlimited()))
                .quality()
                .note();
    }

    private PlacementRequest request(PlacementObjective objective, int... cores) {
        List<PlacementService> services = IntStream.range(0, cores.length)
                .mapToObj(s -> new PlacementService("s" + s, new Resources(1000L * cores[s], 0, 0, 0), 1, 1))
                .toList();
        PlacementRequest request =
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters).build();
        return Pricing.priced(request, Map.of(objective, 1.0));
    }
}
