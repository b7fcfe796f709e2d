// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArtifactTypeLabelsTest {

    @Test
    void aKubernetesClusterRunsCharts() {
        assertThat(ArtifactTypeLabels.types(Map.of("tier", "edge"))).containsExactly("helm");
    }

    @Test
    void labelsAddTypesAndTakeThemAway() {
        assertThat(ArtifactTypeLabels.types(
                        Map.of("smo.nephele.eu/runs-Wasm", "true", "smo.nephele.eu/runs-container", "false")))
                .containsExactly("helm", "wasm");
        assertThat(ArtifactTypeLabels.types(
                        Map.of("smo.nephele.eu/runs-wasm", "true", "smo.nephele.eu/runs-helm", "false")))
                .containsExactly("wasm");
    }

    @Test
    void aClusterThatRunsNothingSaysSo() {
        Set<String> none = ArtifactTypeLabels.types(Map.of("smo.nephele.eu/runs-helm", "no"));
        assertThat(none).containsExactly("none");
        assertThat(cluster(none).runs("helm")).isFalse();
    }

    @Test
    void aClusterRunsWhatItSaysOrAnythingWhereItSaysNothing() {
        assertThat(cluster(Set.of("wasm")).runs("wasm")).isTrue();
        assertThat(cluster(Set.of("wasm")).runs("helm")).isFalse();
        assertThat(cluster(Set.of()).runs("helm")).isTrue();
    }

    private static ClusterState cluster(Set<String> artifactTypes) {
        return new ClusterState(
                new ClusterId("test", "c1"),
                true,
                Resources.NONE,
                Resources.NONE,
                "",
                Map.of(),
                EnergyProfile.UNKNOWN,
                artifactTypes,
                Instant.EPOCH);
    }
}
