// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The recorded answers are those of a real Karmada 1.5.4. */
class ClusterReaderTest {

    private static final long GI = 1L << 30;

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final ClusterReader reader = new ClusterReader(new KubernetesQuantities(Set.of("nvidia.com/gpu")));

    @Test
    void aClusterOnWhichNothingRunsHasNothingAllocated() throws IOException {
        Map<String, ObservedCluster> clusters = recorded("clusters-one-loaded.json");

        assertThat(clusters.get("m1").ready()).isTrue();
        assertThat(clusters.get("m1").allocated()).isEqualTo(new Resources(2000, 2 * GI, 0, 0));
        assertThat(clusters.get("m2").ready()).isTrue();
        assertThat(clusters.get("m2").allocated()).isEqualTo(Resources.NONE);
    }

    @Test
    void podsThatWaitForANodeCountAsAllocated() throws IOException {
        ObservedCluster full = recorded("clusters-full.json").get("m1");

        assertThat(full.allocatable()).isEqualTo(new Resources(16_000, 64 * GI, 400 * GI, 2));
        assertThat(full.allocated()).isEqualTo(new Resources(20_000, 20 * GI, 0, 0));
    }

    @Test
    void theLastSummaryOfAClusterThatIsNotReadyIsNotUsed() throws IOException {
        ObservedCluster lost = recorded("clusters-one-not-ready.json").get("m2");

        assertThat(lost.ready()).isFalse();
        assertThat(lost.allocatable()).isEqualTo(Resources.NONE);
        assertThat(lost.allocated()).isEqualTo(Resources.NONE);
    }

    @Test
    void aTaintThatKeepsNewWorkAwayMakesAClusterFullNotLost() {
        ObservedCluster tainted =
                reader.read(cluster("taints: [{key: maintenance, effect: NoSchedule}]", "True", "{}"));

        assertThat(tainted.ready()).isTrue();
        assertThat(tainted.allocatable().minusFloored(tainted.allocated())).isEqualTo(Resources.NONE);
    }

    @Test
    void aTaintThatEvictsMakesAClusterNotReady() {
        assertThat(reader.read(cluster("taints: [{key: x, effect: NoExecute}]", "True", "{}"))
                        .ready())
                .isFalse();
        assertThat(reader.read(cluster("taints: [{key: x, effect: PreferNoSchedule}]", "True", "{}"))
                        .ready())
                .isTrue();
    }

    @Test
    void aClusterWithoutConditionsOrSummaryIsNotReady() {
        GenericKubernetesResource bare = json.unmarshal(
                "apiVersion: cluster.karmada.io/v1alpha1\nkind: Cluster\nmetadata: {name: new}",
                GenericKubernetesResource.class);

        assertThat(reader.read(bare).ready()).isFalse();
        assertThat(reader.read(bare).allocatable()).isEqualTo(Resources.NONE);
        assertThat(reader.read(cluster("region: \"\"", "Unknown", "{}")).ready())
                .isFalse();
    }

    @Test
    void whereAClusterIsComesFromItsLabelsAndSpecification() {
        ObservedCluster seen = reader.read(cluster("region: eu-west, zones: [a], provider: metal", "True", "{}"));

        assertThat(seen.location()).isEqualTo("eu-west");
        assertThat(seen.labels())
                .containsEntry("topology.kubernetes.io/region", "eu-west")
                .containsEntry("topology.kubernetes.io/zone", "a")
                .containsEntry("smo.nephele.eu/provider", "metal");
        assertThat(reader.read(cluster("zones: [a, b]", "True", "{}")).location())
                .isEmpty();
    }

    @Test
    void signalsComeFromAnnotationsAndNonsenseInThemSaysNothing() {
        ObservedCluster seen = reader.read(
                cluster(
                        "region: r",
                        "True",
                        "{smo.nephele.eu/carbon-intensity: \"120.5\", smo.nephele.eu/renewable-share: \"7\","
                                + " smo.nephele.eu/price: cheap, smo.nephele.eu/peak-watts: \"300\", smo.nephele.eu/pod-cidr: 10.1.0.0/16}"));

        assertThat(seen.signals().carbonGramsPerKwh()).hasValue(120.5);
        assertThat(seen.signals().renewableShare()).isEmpty();
        assertThat(seen.signals().pricePerCpuHour()).isEmpty();
        assertThat(seen.energy()).isEqualTo(new EnergyProfile(0, 300));
        assertThat(seen.network().podCidr()).isEqualTo("10.1.0.0/16");
    }

    @Test
    void aQuantityThatIsNoneIsRefusedByName() {
        GenericKubernetesResource broken = cluster("region: r", "True", "{}");
        broken.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")),
                        "resourceSummary",
                        Map.of("allocatable", Map.of("cpu", "many"))));

        assertThatThrownBy(() -> reader.read(broken)).hasMessageContaining("'many'");
    }

    private GenericKubernetesResource cluster(String spec, String ready, String annotations) {
        return json.unmarshal("""
                apiVersion: cluster.karmada.io/v1alpha1
                kind: Cluster
                metadata: {name: c, annotations: %s}
                spec: {%s}
                status:
                  conditions: [{type: Ready, status: "%s", reason: Whatever}]
                  resourceSummary: {allocatable: {cpu: "4", memory: 8Gi}, allocated: {cpu: "1"}}
                """.formatted(annotations, spec, ready), GenericKubernetesResource.class);
    }

    private Map<String, ObservedCluster> recorded(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/karmada/" + file))) {
            Map<String, ObservedCluster> clusters = new TreeMap<>();
            json.unmarshal(in, GenericKubernetesResourceList.class)
                    .getItems()
                    .forEach(item -> clusters.put(item.getMetadata().getName(), reader.read(item)));
            return clusters;
        }
    }
}
