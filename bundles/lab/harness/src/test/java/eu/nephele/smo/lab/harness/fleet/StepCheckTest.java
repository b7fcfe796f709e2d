// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A plan that breaks a rule is found: three clusters of two cores, services of one core. */
class StepCheckTest {

    private static final List<ClusterCapacity> CLUSTERS =
            List.of(cluster("c1", 0.1), cluster("c2", 0.2), cluster("c3", 0.4));

    /** a on c1 and c3, which stay apart; both of b on c2; d on c3, which may not be on c2. Together they cost 1.3. */
    private static final FleetSnapshot FLEET =
            new FleetSnapshot(CLUSTERS, List.of(member("a", 0, 2), member("b", 1, 1), member("d", 2)), Map.of());

    private static ClusterCapacity cluster(String name, double price) {
        Resources all = new Resources(2_000, 0, 0, 0);
        return new ClusterCapacity(
                new ClusterId("sim", name),
                all,
                all,
                false,
                Map.of(),
                EnergyProfile.UNKNOWN,
                new ClusterSignals(
                        OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(price), List.of()));
    }

    /** A graph of services s0, s1 … at these columns. */
    private static FleetMember member(String name, int... columns) {
        GraphId graph = new GraphId("p", name);
        List<PlacementService> services = IntStream.range(0, columns.length)
                .mapToObj(s -> new PlacementService("s" + s, new Resources(1_000, 0, 0, 0), 1, 1))
                .toList();
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(graph, DecisionReason.REPLACE, services, CLUSTERS);
        for (int s = 0; s < columns.length; s++) {
            builder.current(s, columns[s]);
        }
        if (name.equals("a")) {
            builder.apart(0, 1);
        }
        if (name.equals("d")) {
            builder.forbid(0, 1, "closed");
        }
        return new FleetMember(graph, "1:1", 0, builder.build(), Map.of(), "", OptionalInt.empty(), Map.of());
    }

    private static String step(int number, String graph, String... moves) {
        return "{\"step\":%d,\"project\":\"p\",\"graph\":\"%s\",\"gain\":1,\"moves\":[%s]}"
                .formatted(number, graph, String.join(",", moves));
    }

    private static String move(String service, String from, String to) {
        return """
                {"service":"%s","from":{"source":"sim","name":"%s"},"to":{"source":"sim","name":"%s"}}""".formatted(service, from, to);
    }

    private static String plan(double priceAfter, int moves, String... steps) {
        return """
                {"moves":%d,"costBefore":10,"costAfter":%d,"steps":[%s],
                 "objectives":[{"objective":"price","before":1.3,"after":%s}]}""".formatted(moves, 10 - steps.length, String.join(",", steps), priceAfter);
    }

    private static List<String> breaches(String plan) throws Exception {
        return new StepCheck(FLEET, 2).check(new ObjectMapper().readTree(plan)).breaches();
    }

    @Test
    void aPlanThatKeepsAllIsGood() throws Exception {
        // the room that the first one leaves is that of the second
        String plan = plan(1.2, 2, step(1, "d", move("s0", "c3", "c1")), step(2, "b", move("s0", "c2", "c3")));
        assertThat(new StepCheck(FLEET, 2).check(new ObjectMapper().readTree(plan)))
                .isEqualTo(new CheckedSteps(2, 2, List.of()));
    }

    @Test
    void aStepThatComesBeforeItsRoomIsFound() throws Exception {
        assertThat(breaches(plan(1.2, 2, step(1, "b", move("s0", "c2", "c3")), step(2, "d", move("s0", "c3", "c1")))))
                .singleElement()
                .asString()
                .startsWith("step 1 (p/b): it does not fit: c3: ");
    }

    @Test
    void bothPlacesCountUntilAStepIsDone() throws Exception {
        // c3 has two before and after the step, and three while it runs
        assertThat(breaches(plan(1.3, 2, step(1, "a", move("s0", "c1", "c3"), move("s1", "c3", "c1")))))
                .singleElement()
                .asString()
                .startsWith("step 1 (p/a): it does not fit: c3: ");
    }

    @Test
    void aBudgetThatIsNotKeptIsFound() throws Exception {
        String plan = plan(
                1.0,
                3,
                step(1, "d", move("s0", "c3", "c1")),
                step(2, "b", move("s0", "c2", "c3")),
                step(3, "a", move("s1", "c3", "c2")));
        assertThat(breaches(plan)).contains("3 services move, at most 2 may");
    }

    @Test
    void rulesOfAGraphThatAreNotKeptAreFound() throws Exception {
        assertThat(breaches(plan(1.0, 1, step(1, "a", move("s1", "c3", "c1")))))
                .containsExactly("step 1 (p/a): services that belong apart are on one cluster");
        assertThat(breaches(plan(1.0, 2, step(1, "b", move("s0", "c2", "c1")), step(2, "d", move("s0", "c3", "c2")))))
                .anyMatch(breach -> breach.equals("step 2 (p/d): s0 may not be on c2: closed"));
    }

    @Test
    void aStepFromWhereNothingIsAndASecondOneOfAGraphAreFound() throws Exception {
        assertThat(breaches(plan(1.1, 2, step(1, "d", move("s0", "c1", "c1")), step(2, "d", move("s9", "c1", "c2")))))
                .contains(
                        "step 1 (p/d): s0 is not on c1",
                        "step 2 (p/d): the graph has two steps",
                        "step 2 (p/d): there is no service 's9' of p/d");
    }

    @Test
    void figuresThatDoNotAddUpAreFound() throws Exception {
        String plan = plan(1.05, 7, step(1, "d", move("s0", "c3", "c1"))).replace("\"costAfter\":9", "\"costAfter\":5");
        assertThat(breaches(plan))
                .hasSize(3)
                .anyMatch(breach -> breach.startsWith("the price after, computed and told: "))
                .anyMatch(breach -> breach.equals("the plan tells of 7 moves, its steps have 1"))
                .anyMatch(breach ->
                        breach.startsWith("the gains of the steps and the difference of the costs: 1.0 and 5"));
    }
}
