// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.read.ClusterReader;
import eu.nephele.smo.adapters.karmada.read.KubernetesQuantities;
import eu.nephele.smo.adapters.karmada.read.ObservedCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters that lack the kinds of multi-cluster services are named. */
class KarmadaFabricTest {

    @Test
    void aClusterThatLacksAKindIsNamedWithWhatToDo() {
        List<ObservedCluster> clusters = List.of(
                cluster("m1", "[{groupVersion: multicluster.x-k8s.io/v1alpha1, resources: [{kind: ServiceExport}]}]"),
                cluster("m2", "[{groupVersion: apps/v1, resources: [{kind: Deployment}]}]"),
                cluster("m3", "[]"));

        assertThat(KarmadaFabric.lacking(clusters, KarmadaKinds.EXPORT))
                .contains("m2 has no ServiceExport of multicluster.x-k8s.io/v1alpha1;"
                        + " install the CRDs of multi-cluster services there");
        assertThat(KarmadaFabric.lacking(clusters, KarmadaKinds.IMPORT))
                .hasValueSatisfying(why -> assertThat(why).startsWith("m1, m2 have no ServiceImport"));
        // a cluster that does not report its kinds may have all of them
        assertThat(KarmadaFabric.lacking(clusters.subList(2, 3), KarmadaKinds.IMPORT))
                .isEqualTo(Optional.empty());
    }

    private static ObservedCluster cluster(String name, String enablements) {
        return new ClusterReader(new KubernetesQuantities(Set.of()))
                .read(new KubernetesSerialization()
                        .unmarshal("""
                apiVersion: cluster.karmada.io/v1alpha1
                kind: Cluster
                metadata: {name: %s}
                status:
                  conditions: [{type: Ready, status: "True"}]
                  apiEnablements: %s
                """.formatted(name, enablements), GenericKubernetesResource.class));
    }
}
