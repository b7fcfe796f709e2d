// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HelmConnectionsTest {

    private static final Registry FEDERATION = new Registry("karmada", Map.of("m1", true, "m2", false), "file:karmada");
    private static final Registry SILENT = new Registry("silent", Map.of("s1", false), "");

    @Test
    void clustersOfOneControlPlaneAreOneConnectionReadyWhenOneOfThemIs() {
        assertThat(connections(Optional.empty(), FEDERATION).all())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.reference()).isEqualTo("file:karmada");
                    assertThat(one.clusters()).containsExactlyInAnyOrder("m1", "m2");
                    assertThat(one.ready()).isTrue();
                });
    }

    @Test
    void aRegistryThatTellsNoConnectionMeansTheConfiguredOne() {
        assertThat(connections(Optional.of("file:own"), SILENT).all())
                .containsExactly(new HelmConnection("file:own", false, List.of("s1")));
        assertThat(connections(Optional.empty(), SILENT).all()).isEmpty();
        assertThat(connections(Optional.of("file:own")).all())
                .containsExactly(new HelmConnection("file:own", true, List.of()));
    }

    @Test
    void targetsAreGroupedByConnection() {
        ClusterTarget a = new ClusterTarget(new ClusterId("k", "a"), Optional.of("file:x#a"));
        ClusterTarget b = new ClusterTarget(new ClusterId("k", "b"), Optional.of("file:x#b"));
        ClusterTarget c = new ClusterTarget(new ClusterId("k", "c"), Optional.of("file:x#a"));

        assertThat(connections(Optional.empty()).resolve(request("{}", a, b, c)))
                .extracting(HelmConnection::reference, HelmConnection::clusters)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("file:x#a", List.of("a", "c")),
                        org.assertj.core.groups.Tuple.tuple("file:x#b", List.of("b")));
        assertThatThrownBy(() -> connections(Optional.empty())
                        .resolve(request("{}", ClusterTarget.of(new ClusterId("k", "lost")))))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("kubeconfig")
                .hasMessageContaining("lost");
    }

    @Test
    void whereTheChartDecidesItIsTheOnlyConnectionOrThoseThatItsValuesName() {
        assertThat(connections(Optional.empty(), FEDERATION).resolve(request("{}")))
                .extracting(HelmConnection::reference)
                .containsExactly("file:karmada");
        HelmConnections two = connections(Optional.of("file:own"), FEDERATION, SILENT);
        assertThat(two.resolve(request("{\"clustersAffinity\": [\"s1\"]}")))
                .extracting(HelmConnection::reference)
                .containsExactly("file:own");
        assertThat(two.resolve(request("{\"voChartOverwrite\": {\"clustersAffinity\": \"m2\"}}")))
                .extracting(HelmConnection::reference)
                .containsExactly("file:karmada");
        assertThatThrownBy(() -> two.resolve(request("{}"))).hasMessageContaining("clustersAffinity");
        assertThatThrownBy(() -> connections(Optional.empty(), SILENT).resolve(request("{}")))
                .hasMessageContaining("no cluster is known");
    }

    @Test
    void withoutAnyRegistryNothingIsKnownRatherThanAbsent() {
        assertThatThrownBy(() -> connections(Optional.empty()).all())
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
    }

    private static HelmConnections connections(Optional<String> own, Registry... registries) {
        return new HelmConnections(() -> Arrays.<ClusterRegistry>asList(registries), own);
    }

    private static InstallRequest request(String values, ClusterTarget... targets) {
        return new InstallRequest(
                new StepKey(Bench.workload("a"), 1, "install"),
                new Artifact(Bench.CHART, "App", "HELM", "HELM", JsonObject.EMPTY),
                Bench.values(values),
                List.of(targets),
                1,
                Resources.NONE,
                1,
                Bench.OWNER,
                Set.of());
    }

    private record Registry(String source, Map<String, Boolean> names, String connection) implements ClusterRegistry {
        @Override
        public List<ClusterState> clusters() {
            return names.entrySet().stream()
                    .map(it -> new ClusterState(
                            new ClusterId(source, it.getKey()),
                            it.getValue(),
                            Resources.NONE,
                            Resources.NONE,
                            "",
                            Map.of(),
                            EnergyProfile.UNKNOWN,
                            Set.of(),
                            Instant.EPOCH))
                    .toList();
        }

        @Override
        public ClusterTarget target(ClusterId cluster) {
            return new ClusterTarget(cluster, Optional.of(connection).filter(text -> !text.isEmpty()));
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }
    }
}
