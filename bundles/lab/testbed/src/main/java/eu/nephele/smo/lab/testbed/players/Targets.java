// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where an object is to be: {@code spec.clusters} of its binding.
 *
 * @param replicas by cluster; empty where the cluster gets as many as the object says
 */
record Targets(Map<String, OptionalInt> replicas) {

    /** Those of a binding as it is. */
    static Targets of(JsonNode binding) {
        Map<String, OptionalInt> clusters = new LinkedHashMap<>();
        for (JsonNode cluster : binding.path("spec").path("clusters")) {
            JsonNode count = cluster.path("replicas");
            clusters.put(
                    cluster.path("name").asText(), count.isInt() ? OptionalInt.of(count.asInt()) : OptionalInt.empty());
        }
        return new Targets(clusters);
    }

    /**
     * Those that a policy asks for. A cluster that is not ready gets nothing new, and keeps what it has.
     *
     * @param ready by the name of each member
     */
    static Targets of(JsonNode placement, int wanted, Targets before, Map<String, Boolean> ready) {
        Affinity affinity = Affinity.of(placement.path("clusterAffinity"));
        List<String> clusters = new ArrayList<>();
        ready.forEach((cluster, isReady) -> {
            if (affinity.allows(cluster) && (isReady || before.replicas().containsKey(cluster))) {
                clusters.add(cluster);
            }
        });
        Map<String, OptionalInt> replicas = new LinkedHashMap<>();
        JsonNode scheduling = placement.path("replicaScheduling");
        if (scheduling.path("replicaSchedulingType").asText().equals("Divided") && wanted > 0) {
            divide(clusters, scheduling.path("weightPreference").path("staticWeightList"), wanted, replicas);
        } else {
            clusters.forEach(cluster -> replicas.put(cluster, OptionalInt.empty()));
        }
        return new Targets(replicas);
    }

    ArrayNode toTree() {
        ArrayNode clusters = ApiServer.object().putArray("clusters");
        replicas.forEach((cluster, count) -> {
            ObjectNode target = clusters.addObject().put("name", cluster);
            count.ifPresent(number -> target.put("replicas", number));
        });
        return clusters;
    }

    /** By weight; what is left over goes to the largest remainders, then to the first names. */
    private static void divide(List<String> clusters, JsonNode weights, int wanted, Map<String, OptionalInt> replicas) {
        Map<String, Long> shares = new LinkedHashMap<>();
        clusters.forEach(cluster -> shares.put(cluster, weight(cluster, weights)));
        long total = shares.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        shares.forEach((cluster, weight) -> counts.put(cluster, (int) (wanted * weight / total)));
        int left = wanted - counts.values().stream().mapToInt(Integer::intValue).sum();
        shares.keySet().stream()
                .sorted(Comparator.comparingLong(
                                (String cluster) -> -(wanted * shares.getOrDefault(cluster, 0L) % total))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(left)
                .forEach(cluster -> counts.merge(cluster, 1, Integer::sum));
        counts.forEach((cluster, count) -> {
            if (count > 0) {
                replicas.put(cluster, OptionalInt.of(count));
            }
        });
    }

    private static long weight(String cluster, JsonNode weights) {
        if (weights.isEmpty()) {
            return 1;
        }
        for (JsonNode entry : weights) {
            if (Affinity.of(entry.path("targetCluster")).allows(cluster)) {
                return entry.path("weight").asLong();
            }
        }
        return 0;
    }
}
