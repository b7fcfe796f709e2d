// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.PodOwner;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Counts the pods of a namespace on a member cluster, terminating ones included. */
final class MemberPods {

    private static final int PAGE = 500;

    private final ApiServerConnection connection;
    private final Function<String, ProbeRoute> way;

    MemberPods(ApiServerConnection connection, Function<String, ProbeRoute> way) {
        this.connection = connection;
        this.way = way;
    }

    /**
     * @param byOwner number of pods; empty: access is denied or impossible
     * @param silence reason for a missing answer, "" with one: the silence of one cluster is no failure of the others
     */
    record Pods(Optional<Map<PodOwner, Integer>> byOwner, String silence) {

        /**
         * @param service {@code namespace/name} of its workload and its release
         * @param stays whether a workload exists, or may exist: its pods are not remaining ones
         */
        int leftOf(String service, Predicate<WorkloadId> stays) {
            return byOwner.orElse(Map.of()).entrySet().stream()
                    .filter(entry -> entry.getKey().isLeftOf(service, stays))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        boolean isUnlisted() {
            return byOwner.isEmpty();
        }
    }

    Pods list(String cluster, String namespace) {
        if (way.apply(cluster) == ProbeRoute.NONE) {
            return new Pods(Optional.empty(), "");
        }
        try {
            return new Pods(
                    connection.relayed(
                            "List pods of %s on %s".formatted(namespace, cluster),
                            client -> count(client, cluster, namespace)),
                    "");
        } catch (AdapterException e) {
            return switch (e.kind()) {
                case REFUSED -> new Pods(Optional.empty(), "");
                case UNAVAILABLE, TIMED_OUT -> new Pods(Optional.empty(), e.getMessage());
                default -> throw e;
            };
        }
    }

    /** A missing resource is the answer of a server without this way to its members. */
    private static Optional<Map<PodOwner, Integer>> count(KubernetesClient client, String cluster, String namespace) {
        Map<PodOwner, Integer> found = new HashMap<>();
        String from = "";
        do {
            String path = "%s/api/v1/namespaces/%s/pods?limit=%d%s"
                    .formatted(
                            WorkloadObserver.proxy(cluster),
                            namespace,
                            PAGE,
                            from.isEmpty() ? "" : "&continue=" + URLEncoder.encode(from, StandardCharsets.UTF_8));
            Optional<PodList> page = Optional.ofNullable(client.raw(path))
                    .map(text -> client.getKubernetesSerialization().unmarshal(text, PodList.class));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().getItems().stream()
                    .filter(pod -> !PodReader.isOver(pod))
                    .forEach(pod -> found.merge(PodReader.owner(pod), 1, Integer::sum));
            from = Optional.ofNullable(page.get().getMetadata())
                    .flatMap(metadata -> Optional.ofNullable(metadata.getContinue()))
                    .orElse("");
        } while (!from.isEmpty());
        return Optional.of(found);
    }
}
