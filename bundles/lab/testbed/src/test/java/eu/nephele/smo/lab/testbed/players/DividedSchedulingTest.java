// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DividedSchedulingTest {

    private static final String STATIC = """
            replicaScheduling:
              replicaSchedulingType: Divided
              replicaDivisionPreference: Weighted
              weightPreference:
                staticWeightList:
                - {targetCluster: {clusterNames: [c1]}, weight: %d}
                - {targetCluster: {clusterNames: [c2]}, weight: %d}
            """;
    private static final String DYNAMIC = """
            replicaScheduling:
              replicaSchedulingType: Divided
              replicaDivisionPreference: Weighted
              weightPreference: {dynamicWeight: AvailableReplicas}
            """;
    private static final String AGGREGATED = """
            replicaScheduling: {replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated}
            """;

    @Test
    void withoutAWordAboutReplicasEachClusterGetsThemAllWithoutANumber() throws IOException {
        assertThat(divide("{}", 3, "[]", 9, 9)).isEqualTo(Map.of("c1", OptionalInt.empty(), "c2", OptionalInt.empty()));
    }

    @Test
    void duplicatedReplicasHaveTheirNumberInEachCluster() throws IOException {
        assertThat(divide("replicaScheduling: {replicaSchedulingType: Duplicated}", 3, "[]", 9, 9))
                .isEqualTo(Map.of("c1", OptionalInt.of(3), "c2", OptionalInt.of(3)));
    }

    @Property
    void dividedReplicasAreAsManyAsWanted(
            @ForAll @IntRange(min = 1, max = 50) int wanted,
            @ForAll @IntRange(max = 5) int first,
            @ForAll @IntRange(min = 1, max = 5) int second)
            throws IOException {
        Map<String, OptionalInt> targets = divide(STATIC.formatted(first, second), wanted, "[]", 9, 9);

        assertThat(DividedScheduling.sum(targets)).isEqualTo(wanted);
        double share = (double) wanted * first / (first + second);
        assertThat(count(targets, "c1")).isBetween((int) Math.floor(share), (int) Math.ceil(share));
    }

    @Test
    void whatIsLeftGoesToTheHeaviestThenToWhereMoreIsAlready() throws IOException {
        assertThat(counts(divide(STATIC.formatted(1, 2), 4, "[]", 9, 9))).containsExactly(1, 3);
        assertThat(counts(divide(STATIC.formatted(1, 1), 3, "[]", 9, 9))).containsExactly(2, 1);
        assertThat(counts(divide(STATIC.formatted(1, 1), 3, "[{name: c2, replicas: 2}]", 9, 9)))
                .containsExactly(1, 2);
    }

    @Test
    void clustersThatGetNoneAreNotNamed() throws IOException {
        assertThat(divide(STATIC.formatted(1, 5), 1, "[]", 9, 9)).containsOnlyKeys("c2");
    }

    @Test
    void byWhatIsFreeOnlyTheDifferenceIsDivided() throws IOException {
        assertThat(counts(divide(DYNAMIC, 6, "[]", 8, 4))).containsExactly(4, 2);
        assertThat(counts(divide(DYNAMIC, 6, "[{name: c1, replicas: 1}, {name: c2, replicas: 2}]", 9, 0)))
                .containsExactly(4, 2);
        assertThat(counts(divide(DYNAMIC, 3, "[{name: c1, replicas: 2}, {name: c2, replicas: 4}]", 9, 9)))
                .containsExactly(1, 2);
        assertThat(counts(divide(DYNAMIC, 3, "[{name: c1, replicas: 1}, {name: c2, replicas: 2}]", 0, 0)))
                .containsExactly(1, 2);
    }

    @Test
    void aggregatedIsInAsFewClustersAsPossible() throws IOException {
        assertThat(divide(AGGREGATED, 5, "[]", 4, 6)).isEqualTo(Map.of("c2", OptionalInt.of(5)));
        assertThat(divide(AGGREGATED, 4, "[{name: c1, replicas: 2}]", 3, 9)).isEqualTo(Map.of("c1", OptionalInt.of(4)));
    }

    @Test
    void withoutCapacityNothingIsDecided() throws IOException {
        assertThat(divide(DYNAMIC, 6, "[]", 3, 2)).isEmpty();
    }

    private static int count(Map<String, OptionalInt> targets, String cluster) {
        return targets.getOrDefault(cluster, OptionalInt.of(0)).orElseThrow();
    }

    private static List<Integer> counts(Map<String, OptionalInt> targets) {
        return List.of(count(targets, "c1"), count(targets, "c2"));
    }

    /** @param free cores of each cluster, one for each replica */
    private static Map<String, OptionalInt> divide(String placement, int replicas, String before, int... free)
            throws IOException {
        List<ObjectNode> clusters = new ArrayList<>();
        for (int i = 0; i < free.length; i++) {
            clusters.add((ObjectNode) yaml("""
                    metadata: {name: c%d}
                    status: {resourceSummary: {allocatable: {cpu: "10", pods: "110"}, allocated: {cpu: "%d"}}}
                    """.formatted(i + 1, 10 - free[i])));
        }
        ObjectNode binding = (ObjectNode) yaml("""
                spec: {replicas: %d, clusters: %s, replicaRequirements: {resourceRequest: {cpu: "1"}}}
                """.formatted(replicas, before));
        return DividedScheduling.divide(yaml(placement), new BindingObject(binding), clusters);
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
