// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Simulates scheduler and kubelet: binds every pod to the one node and reports it running. */
final class Player implements AutoCloseable {

    private final KubernetesClient client;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> planned;
    private volatile boolean sick;

    Player(KubernetesClient client) {
        this.client = client;
        planned = rounds.scheduleWithFixedDelay(this::round, 0, 100, TimeUnit.MILLISECONDS);
    }

    /** Makes a node with 8 cores, 16 GiB and 2 GPUs. */
    static void node(KubernetesClient client, String name, String region) {
        Node node = new KubernetesSerialization().unmarshal("""
                        apiVersion: v1
                        kind: Node
                        metadata: {name: %s, labels: {topology.kubernetes.io/region: %s, kubernetes.io/hostname: %s}}
                        """.formatted(name, region, name), Node.class);
        client.nodes().resource(node).create();
        setReady(client, name, true);
    }

    static void setReady(KubernetesClient client, String name, boolean ready) {
        client.nodes().withName(name).editStatus(node -> new io.fabric8.kubernetes.api.model.NodeBuilder(node)
                .withNewStatus()
                .addToAllocatable("cpu", new io.fabric8.kubernetes.api.model.Quantity("8"))
                .addToAllocatable("memory", new io.fabric8.kubernetes.api.model.Quantity("16Gi"))
                .addToAllocatable("nvidia.com/gpu", new io.fabric8.kubernetes.api.model.Quantity("2"))
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build());
        client.nodes().withName(name).edit(node -> {
            if (node.getSpec() != null) {
                node.getSpec().setTaints(java.util.List.of());
            }
            return node;
        });
    }

    /** From now on pods do not become ready, for want of an image. */
    void sick() {
        sick = true;
    }

    void well() {
        sick = false;
    }

    private void round() {
        try {
            String node = client.nodes().list().getItems().get(0).getMetadata().getName();
            for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
                play(pod, node);
            }
        } catch (KubernetesClientException | IndexOutOfBoundsException notNow) {
            // the server is unavailable, or a conflict: the next round
        }
    }

    private void play(Pod pod, String node) {
        var resource = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            resource.withGracePeriod(0).delete();
        } else if (pod.getSpec().getNodeName() == null) {
            Binding binding = new KubernetesSerialization()
                    .unmarshal(
                            "apiVersion: v1\nkind: Binding\nmetadata: {name: %s}\ntarget: {apiVersion: v1, kind: Node, name: %s}"
                                    .formatted(pod.getMetadata().getName(), node),
                            Binding.class);
            client.bindings()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .resource(binding)
                    .create();
        } else if ("Pending".equals(pod.getStatus().getPhase())) {
            resource.editStatus(it -> sick ? waiting(it) : running(it));
        }
    }

    private static Pod running(Pod pod) {
        pod.getStatus().setPhase("Running");
        pod.getStatus()
                .setConditions(java.util.List.of(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build()));
        return pod;
    }

    private static Pod waiting(Pod pod) {
        pod.getStatus()
                .setContainerStatuses(java.util.List.of(new io.fabric8.kubernetes.api.model.ContainerStatusBuilder()
                        .withName("main")
                        .withImage("x")
                        .withImageID("")
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("no such image")
                        .endWaiting()
                        .endState()
                        .build()));
        return pod;
    }

    @Override
    public void close() {
        planned.cancel(false);
        rounds.shutdownNow();
    }
}
