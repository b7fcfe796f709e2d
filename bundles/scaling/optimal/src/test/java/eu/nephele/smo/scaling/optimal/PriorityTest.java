// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who keeps how much when there is not room for all. One replica needs one core and serves one request per second. */
class PriorityTest {

    private static ScalingTarget target(String graph, String service, int priority, int present, double demand) {
        return on("c1", graph, service, priority, present, demand);
    }

    private static ScalingTarget on(
            String cluster, String graph, String service, int priority, int present, double demand) {
        return ScalingTarget.builder(new GraphId("demo", graph), service, new ClusterId("sim", cluster))
                .perReplica(Given.cpu(1000))
                .replicas(present)
                .bounds(1, 9)
                .priority(priority)
                .demand(demand)
                .build();
    }

    private static List<Answer> answers(long cores, ScalingTarget... targets) {
        return Given.answers(Given.DEFAULT, Given.request(Given.cpu(cores * 1000), targets));
    }

    @Test
    void higherPriorityGrowsFirst() {
        List<Answer> answers = answers(8, target("a", "small", 0, 2, 3), target("b", "large", 5, 2, 6));
        assertThat(Given.words(answers)).containsExactly("2 of 3", "6");
        assertThat(answers.get(0).reason())
                .isEqualTo("a demand of 3 requests/s needs 3 replicas, there is room for 2:"
                        + " all services together on c1: needs 9 cores, 8 free;"
                        + " served before: b/large (priority 5, not 0)");
    }

    @Test
    void amongEqualsWhoGrowsLeastIsFirst() {
        List<Answer> answers = answers(8, target("a", "small", 5, 2, 3), target("b", "large", 5, 2, 6));
        assertThat(Given.words(answers)).containsExactly("3", "5 of 6");
        assertThat(answers.get(1).reason()).endsWith("; served before: a/small (1 more, not 4)");
    }

    @Test
    void lowerPriorityKeepsWhatTheHigherOneLeavesDownToItsMinimum() {
        List<Answer> answers = answers(8, target("a", "low", -1, 5, 5), target("b", "high", 0, 2, 6));
        String why = "a demand of 5 requests/s needs 5 replicas, there is room for 2:"
                + " all services together on c1: needs 11 cores, 8 free; served before: b/high (priority 0, not -1)";
        assertThat(answers)
                .containsExactly(
                        new Replicas(2, why, Optional.of(new Unmet(5, why))),
                        new Replicas(6, "a demand of 6 requests/s needs at least 6"));
        assertThat(Given.words(answers(8, target("a", "low", -1, 5, 5), target("b", "high", 0, 2, 8))))
                .as("the minimum of the lower one stays")
                .containsExactly("1 of 5", "7 of 8");
    }

    @Test
    void nobodyIsLimitedWithoutNeed() {
        assertThat(Given.words(answers(8, target("a", "low", -1, 5, 3), target("b", "high", 0, 2, 5))))
                .containsExactly("3", "5");
        // the cluster is overfull, but nobody of a higher priority takes anything from them
        assertThat(Given.words(answers(6, target("a", "low", -1, 5, 5), target("b", "high", 0, 9, 9))))
                .containsExactly("infeasible", "infeasible");
    }

    @Test
    void leastPrioritiesAreLimitedFirst() {
        assertThat(Given.words(answers(
                        10,
                        target("a", "first", 2, 2, 6),
                        target("b", "second", 1, 3, 3),
                        target("c", "third", 0, 4, 4))))
                .containsExactly("6", "3", "1 of 4");
    }

    @Test
    void servicesOfOtherProjectsAreCountedOnly() {
        ScalingTarget other = ScalingTarget.builder(new GraphId("secret", "g"), "s", new ClusterId("sim", "c1"))
                .perReplica(Given.cpu(1000))
                .replicas(1)
                .bounds(1, 9)
                .priority(9)
                .demand(6)
                .build();
        List<Answer> answers = answers(8, target("a", "s", 0, 2, 3), other);
        assertThat(answers.get(0).reason())
                .endsWith("; served before: 1 other service")
                .doesNotContain("secret");
    }

    @Test
    void replicasGoWhereThereIsRoom() {
        // seven replicas, not four on each cluster, and only two fit on c1
        ScalingRequest request = ScalingRequest.of(
                List.of(on("c1", "a", "s", 0, 1, 3.3), on("c2", "a", "s", 0, 1, 3.3)),
                List.of(Given.capacity("c1", Given.cpu(2000)), Given.capacity("c2", Given.cpu(20_000))));
        List<Answer> answers = Given.answers(Given.DEFAULT, request);
        assertThat(Given.words(answers)).containsExactly("2", "5");
        assertThat(answers.get(0).reason())
                .isEqualTo("a demand of 6.6 requests/s on 2 clusters needs at least 7 replicas in all;"
                        + " 4 + 3 would be cheapest, but cpu on c1 is scarce");
    }

    @Test
    void admittedServicesMakeRoomOnOtherClusters() {
        // b fits on c1 only if a goes to c2
        ScalingRequest request = ScalingRequest.of(
                List.of(on("c1", "a", "s", 0, 1, 2), on("c2", "a", "s", 0, 1, 2), on("c1", "b", "t", 0, 1, 5)),
                List.of(Given.capacity("c1", Given.cpu(6000)), Given.capacity("c2", Given.cpu(3000))));
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly("1", "3", "5");
    }

    @Test
    void aServiceOnSeveralClustersGetsWhatFitsOnEachOfThem() {
        // requests go to all replicas alike, so the fifth on c2 serves what c1 has no room for
        ScalingRequest request = ScalingRequest.of(
                List.of(on("c1", "a", "s", 0, 2, 9), on("c2", "a", "s", 0, 2, 4)),
                List.of(Given.capacity("c1", Given.cpu(5000)), Given.capacity("c2", Given.cpu(5000))));
        List<Answer> answers = Given.answers(Given.DEFAULT, request);
        assertThat(Given.words(answers)).containsExactly("5 of 9", "5");
        assertThat(answers.get(0).reason())
                .isEqualTo("a demand of 13 requests/s on 2 clusters needs 13 replicas, there is room for 10:"
                        + " all services together on c1: needs 9 cores, 5 free");
    }

    @Test
    void neverMoreThanTheNeedOnAllClustersTogether() {
        ScalingRequest request = ScalingRequest.of(
                List.of(on("c1", "a", "s", 0, 1, 3.5), on("c2", "a", "s", 0, 1, 3.5), on("c3", "a", "s", 0, 1, 3.2)),
                List.of(
                        Given.capacity("c1", Given.cpu(4000)),
                        Given.capacity("c2", Given.cpu(4000)),
                        Given.capacity("c3", Given.cpu(2000))));
        assertThat(Given.words(Given.DEFAULT, request))
                .as("ten of eleven; who adds up what is needed finds eleven: 3.5 + 3.5 + 4")
                .containsExactly("4", "4", "2 of 4");
    }

    @Test
    void servedServicesMakeRoomForAPartOnOtherClusters() {
        // a could have two replicas on each cluster; b gets four then, and five if one of a is on c2 instead
        ScalingRequest request = ScalingRequest.of(
                List.of(on("c1", "a", "s", 0, 1, 2), on("c2", "a", "s", 0, 1, 2), on("c1", "b", "t", 0, 1, 7)),
                List.of(Given.capacity("c1", Given.cpu(6000)), Given.capacity("c2", Given.cpu(3000))));
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly("1", "3", "5 of 7");
    }
}
