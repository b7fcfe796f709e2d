// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reduces Node objects to readiness, labels and allocatable resources. */
public final class NodeReader {

    private final KubernetesQuantities quantities;

    public NodeReader(KubernetesQuantities quantities) {
        this.quantities = quantities;
    }

    /**
     * @param ready whether its condition Ready is true
     * @param open whether it takes new pods: ready, not cordoned, no taint that keeps them away
     */
    public record ObservedNode(boolean ready, boolean open, Resources allocatable, Map<String, String> labels) {}

    /**
     * A taint with the name of a GPU resource does not count: pods that request GPUs tolerate it. One that has no status yet is neither
     * ready nor has room.
     */
    public ObservedNode read(Node node) {
        NodeStatus status = Optional.ofNullable(node.getStatus()).orElseGet(NodeStatus::new);
        NodeSpec spec = Optional.ofNullable(node.getSpec()).orElseGet(NodeSpec::new);
        boolean ready = Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                .anyMatch(it -> "Ready".equals(it.getType()) && "True".equals(it.getStatus()));
        boolean tainted = Optional.ofNullable(spec.getTaints()).orElse(List.of()).stream()
                .filter(taint -> !quantities.isGpu(taint.getKey()))
                .anyMatch(taint -> "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect()));
        boolean cordoned = Boolean.TRUE.equals(spec.getUnschedulable());
        return new ObservedNode(
                ready,
                ready && !cordoned && !tainted,
                quantities.offered(PodReader.texts(
                        Optional.ofNullable(status.getAllocatable()).orElse(Map.of()))),
                Map.copyOf(Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of())));
    }
}
