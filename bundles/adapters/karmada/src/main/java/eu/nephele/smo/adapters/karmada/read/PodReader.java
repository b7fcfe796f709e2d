// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads pods and their requests. */
public final class PodReader {

    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final KubernetesQuantities quantities;

    public PodReader(KubernetesQuantities quantities) {
        this.quantities = quantities;
    }

    /** @param node its node, "" while it has none */
    public record ObservedPod(String node, PodOwner owner, Resources requests, boolean ready) {

        /** Returns whether both use the same resources of the same node for the same owner. */
        public boolean takesTheSame(ObservedPod other) {
            return node.equals(other.node) && owner.equals(other.owner) && requests.equals(other.requests);
        }
    }

    /** Empty for a pod that is over, or has no containers by the answer of its cluster. */
    public Optional<ObservedPod> read(Pod pod) {
        if (isOver(pod) || pod.getSpec() == null) {
            return Optional.empty();
        }
        String node = Optional.ofNullable(pod.getSpec().getNodeName()).orElse("");
        return Optional.of(new ObservedPod(node.intern(), owner(pod), requests(pod.getSpec()), isReady(pod)));
    }

    /** Returns whether it is ready, by its kubelet or by the controller that found its node unreachable. */
    private static boolean isReady(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getConditions()))
                .orElse(List.of())
                .stream()
                .anyMatch(it -> "Ready".equals(it.getType()) && "True".equals(it.getStatus()));
    }

    /** Returns whether it has ended; a terminating pod has not. */
    public static boolean isOver(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getPhase()))
                .filter(OVER::contains)
                .isPresent();
    }

    /**
     * Containers run together; init containers run before them, one after the other. Sidecars start among these, and run
     * on beside all that comes after them.
     */
    Resources requests(PodSpec spec) {
        Resources sidecars = Resources.NONE;
        Resources before = Resources.NONE;
        for (Container container : Optional.ofNullable(spec.getInitContainers()).orElse(List.of())) {
            Resources now = sidecars.plus(requests(container));
            before = before.max(now);
            sidecars = "Always".equals(container.getRestartPolicy()) ? now : sidecars;
        }
        Resources together =
                sum(Optional.ofNullable(spec.getContainers()).orElse(List.of())).plus(sidecars);
        Resources overhead = Optional.ofNullable(spec.getOverhead())
                .map(PodReader::texts)
                .map(quantities::taken)
                .orElse(Resources.NONE);
        return together.max(before).plus(overhead);
    }

    static Map<String, String> texts(Map<String, Quantity> amounts) {
        Map<String, String> texts = new HashMap<>();
        amounts.forEach((name, amount) -> texts.put(name, amount.toString()));
        return texts;
    }

    private Resources sum(List<Container> containers) {
        return containers.stream().map(this::requests).reduce(Resources.NONE, Resources::plus);
    }

    /** A limit without a request is a request of the same amount. */
    private Resources requests(Container container) {
        Optional<ResourceRequirements> resources = Optional.ofNullable(container.getResources());
        Map<String, String> amounts = new HashMap<>();
        resources.flatMap(it -> Optional.ofNullable(it.getLimits())).ifPresent(it -> amounts.putAll(texts(it)));
        resources.flatMap(it -> Optional.ofNullable(it.getRequests())).ifPresent(it -> amounts.putAll(texts(it)));
        return quantities.taken(amounts);
    }

    public static PodOwner owner(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        Optional<WorkloadId> workload =
                Optional.ofNullable(pod.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .flatMap(owner -> workload(namespace, owner, hash(pod)).stream())
                        .findFirst();
        String release = Optional.ofNullable(pod.getMetadata().getLabels())
                .flatMap(labels -> Optional.ofNullable(labels.get(INSTANCE)))
                .map(instance -> namespace + "/" + instance)
                .orElse("");
        return new PodOwner(workload, release.intern());
    }

    private static Optional<String> hash(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .flatMap(labels -> Optional.ofNullable(labels.get("pod-template-hash")));
    }

    /** A ReplicaSet of a Deployment has the name of the Deployment and a hash, which its pods have as label. */
    private static Optional<WorkloadId> workload(String namespace, OwnerReference owner, Optional<String> hash) {
        if (!owner.getKind().equals("ReplicaSet")) {
            return WorkloadKind.find(owner.getKind()).map(kind -> id(kind, namespace, owner.getName()));
        }
        int dash = owner.getName().lastIndexOf('-');
        boolean other = hash.filter(it -> !owner.getName().endsWith("-" + it)).isPresent();
        return dash > 0 && !other
                ? Optional.of(
                        id(WorkloadKind.DEPLOYMENT, namespace, owner.getName().substring(0, dash)))
                : Optional.empty();
    }

    private static WorkloadId id(WorkloadKind kind, String namespace, String name) {
        return new WorkloadId(kind, (namespace + "/" + name).intern());
    }
}
