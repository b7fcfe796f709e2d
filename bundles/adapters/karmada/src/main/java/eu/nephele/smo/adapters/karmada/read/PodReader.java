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

/** Reads what pods ask for. */
public final class PodReader {

    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final Quantities quantities;

    public PodReader(Quantities quantities) {
        this.quantities = quantities;
    }

    /**
     * What is kept of a pod.
     *
     * @param node where it is, "" while it has none
     * @param workload {@code namespace/name} of the workload it belongs to, "" for none
     * @param release {@code namespace/name} of the release it belongs to by its label, "" for none
     * @param requests what it asks for
     */
    public record PodSeen(String node, String workload, String release, Resources requests) {}

    /** Empty for a pod that is over. */
    public Optional<PodSeen> read(Pod pod) {
        String node = Optional.ofNullable(pod.getSpec().getNodeName()).orElse("");
        if (isOver(pod)) {
            return Optional.empty();
        }
        return Optional.of(
                new PodSeen(node.intern(), workload(pod).intern(), release(pod).intern(), requests(pod.getSpec())));
    }

    /** Whether it has ended; one that is ending has not. */
    public static boolean isOver(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getPhase()))
                .filter(OVER::contains)
                .isPresent();
    }

    /**
     * Containers run together, those of the beginning before them and one after the other; sidecars are begun among these, and run
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

    /** {@code namespace/name} of the workload that a pod belongs to, "" for none. */
    public static String workload(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        return Optional.ofNullable(pod.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(owner -> workload(owner, hash(pod)))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> namespace + "/" + name)
                .orElse("");
    }

    /** {@code namespace/name} of the release that a pod belongs to by its label, "" for none. */
    public static String release(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .flatMap(labels -> Optional.ofNullable(labels.get(INSTANCE)))
                .map(release -> pod.getMetadata().getNamespace() + "/" + release)
                .orElse("");
    }

    private static Optional<String> hash(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .flatMap(labels -> Optional.ofNullable(labels.get("pod-template-hash")));
    }

    /** A ReplicaSet of a Deployment has the name of the Deployment and a hash, which its pods have as label. */
    private static String workload(OwnerReference owner, Optional<String> hash) {
        int dash = owner.getName().lastIndexOf('-');
        boolean other = hash.filter(it -> !owner.getName().endsWith("-" + it)).isPresent();
        return switch (owner.getKind()) {
            case "StatefulSet", "DaemonSet", "Job" -> owner.getName();
            case "ReplicaSet" -> dash > 0 && !other ? owner.getName().substring(0, dash) : "";
            default -> "";
        };
    }
}
