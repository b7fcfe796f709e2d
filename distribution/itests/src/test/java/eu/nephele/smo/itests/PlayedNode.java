// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;

/** A node of a played cluster, ready and with room. */
final class PlayedNode {

    private PlayedNode() {}

    /** With the namespace {@code smo} for Secrets. */
    static void add(PlayedApiServer cluster, String name) {
        Map<String, Quantity> room = Map.of(
                "cpu", new Quantity("8"),
                "memory", new Quantity("32Gi"),
                "ephemeral-storage", new Quantity("100Gi"),
                "pods", new Quantity("100"));
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build()) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("smo")
                            .endMetadata()
                            .build())
                    .create();
            client.nodes()
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withNewSpec()
                            .endSpec()
                            .withNewStatus()
                            .withCapacity(room)
                            .withAllocatable(room)
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build())
                    .create();
        }
    }
}
