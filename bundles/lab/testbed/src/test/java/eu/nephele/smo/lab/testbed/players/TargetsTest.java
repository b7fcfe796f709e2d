// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final Targets NOWHERE = new Targets(Map.of());

    @Test
    void eachNamedClusterGetsAllReplicas() throws IOException {
        Targets targets = Targets.of(placement("[c1, c3]"), 2, NOWHERE, ready(true, true, true));

        assertThat(targets.replicas()).containsOnlyKeys("c1", "c3").doesNotContainValue(OptionalInt.of(2));
    }

    @Test
    void anEmptyListMeansAllClusters() throws IOException {
        assertThat(Targets.of(placement("[]"), 1, NOWHERE, ready(true, true, true))
                        .replicas())
                .containsOnlyKeys("c1", "c2", "c3");
    }

    @Test
    void aClusterThatIsNotReadyGetsNothingNewAndKeepsWhatItHas() throws IOException {
        Targets onC1 = new Targets(Map.of("c1", OptionalInt.empty()));

        assertThat(Targets.of(placement("[c1, c2]"), 1, onC1, ready(false, false, true))
                        .replicas())
                .containsOnlyKeys("c1");
        assertThat(Targets.of(placement("[c2]"), 1, onC1, ready(true, true, true))
                        .replicas())
                .containsOnlyKeys("c2");
    }

    @Property
    void dividedReplicasAreAsManyAsWanted(
            @ForAll @IntRange(min = 1, max = 50) int wanted,
            @ForAll @IntRange(max = 5) int first,
            @ForAll @IntRange(min = 1, max = 5) int second)
            throws IOException {
        JsonNode placement = yaml("""
                clusterAffinity: {clusterNames: [c1, c2]}
                replicaScheduling:
                  replicaSchedulingType: Divided
                  weightPreference:
                    staticWeightList:
                    - {targetCluster: {clusterNames: [c1]}, weight: %d}
                    - {targetCluster: {clusterNames: [c2]}, weight: %d}
                """.formatted(first, second));

        Map<String, OptionalInt> replicas =
                Targets.of(placement, wanted, NOWHERE, ready(true, true, true)).replicas();

        assertThat(replicas.values().stream().mapToInt(OptionalInt::orElseThrow).sum())
                .isEqualTo(wanted);
        double share = (double) wanted * first / (first + second);
        assertThat(replicas.getOrDefault("c1", OptionalInt.of(0)).orElseThrow())
                .isBetween((int) Math.floor(share), (int) Math.ceil(share));
    }

    @Test
    void aBindingTellsItsTargetsAgain() throws IOException {
        Map<String, OptionalInt> clusters = new LinkedHashMap<>();
        clusters.put("c2", OptionalInt.of(3));
        clusters.put("c1", OptionalInt.empty());
        Targets targets = new Targets(clusters);

        JsonNode binding = yaml("spec: {clusters: " + targets.toTree() + "}");

        assertThat(Targets.of(binding)).isEqualTo(targets);
    }

    private static Map<String, Boolean> ready(boolean first, boolean second, boolean third) {
        Map<String, Boolean> ready = new LinkedHashMap<>();
        ready.put("c1", first);
        ready.put("c2", second);
        ready.put("c3", third);
        return ready;
    }

    private static JsonNode placement(String names) throws IOException {
        return yaml("clusterAffinity: {clusterNames: " + names + "}");
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
