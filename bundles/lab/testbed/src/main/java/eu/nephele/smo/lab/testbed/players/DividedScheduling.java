// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Divides replicas among clusters as Karmada's scheduler does: by fixed weights, by free capacity, or in as few
 * clusters as possible. Whole shares go by weight; the rest goes one by one to the heaviest, then to where more is
 * already, then by name. By free capacity only the difference is divided: running replicas stay where they are.
 */
final class DividedScheduling {

    static final String NOT_ENOUGH = "clusters resources are not enough to schedule";

    private DividedScheduling() {}

    static boolean divides(JsonNode placement) {
        return placement
                .path("replicaScheduling")
                .path("replicaSchedulingType")
                .asText()
                .equals("Divided");
    }

    static int sum(Map<String, OptionalInt> clusters) {
        return clusters.values().stream().mapToInt(count -> count.orElse(0)).sum();
    }

    /** @return empty when the capacity is too small */
    static Map<String, OptionalInt> divide(JsonNode placement, BindingObject binding, List<ObjectNode> clusters) {
        JsonNode scheduling = placement.path("replicaScheduling");
        int wanted = binding.spec().path("replicas").asInt();
        List<String> names = clusters.stream()
                .map(cluster -> cluster.path("metadata").path("name").asText())
                .toList();
        Map<String, OptionalInt> targets = new LinkedHashMap<>();
        if (wanted == 0 || scheduling.isMissingNode()) {
            names.forEach(name -> targets.put(name, OptionalInt.empty()));
        } else if (!divides(placement)) {
            names.forEach(name -> targets.put(name, OptionalInt.of(wanted)));
        } else {
            divide(scheduling, binding, clusters, wanted).forEach((name, count) -> {
                if (count > 0) {
                    targets.put(name, OptionalInt.of(count));
                }
            });
        }
        return targets;
    }

    private static Map<String, Integer> divide(
            JsonNode scheduling, BindingObject binding, List<ObjectNode> clusters, int wanted) {
        Map<String, Integer> before = new LinkedHashMap<>();
        binding.clusters().forEach((name, count) -> before.put(name, count.orElse(0)));
        boolean aggregated =
                scheduling.path("replicaDivisionPreference").asText().equals("Aggregated");
        if (!aggregated && !scheduling.path("weightPreference").has("dynamicWeight")) {
            return byWeight(
                    wanted,
                    weights(clusters, scheduling.path("weightPreference").path("staticWeightList")),
                    before);
        }
        before.keySet().retainAll(weights(clusters, ApiServer.object()).keySet());
        int assigned = before.values().stream().mapToInt(Integer::intValue).sum();
        if (assigned > wanted) {
            return byFree(wanted, longs(before), Map.of(), aggregated);
        }
        Map<String, Integer> more =
                byFree(wanted - assigned, AvailableReplicas.compute(binding, clusters), before, aggregated);
        if (assigned < wanted && more.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> all = new LinkedHashMap<>(before);
        more.forEach((name, count) -> all.merge(name, count, Integer::sum));
        return all;
    }

    private static Map<String, Integer> byFree(
            int wanted, Map<String, Long> free, Map<String, Integer> before, boolean aggregated) {
        if (free.values().stream().mapToLong(Long::longValue).sum() < wanted) {
            return Map.of();
        }
        if (!aggregated) {
            return byWeight(wanted, free, before);
        }
        List<String> order = new ArrayList<>(free.keySet());
        order.sort(Comparator.comparing((String name) -> !before.containsKey(name))
                .thenComparing(name -> -free.getOrDefault(name, 0L)));
        Map<String, Long> few = new LinkedHashMap<>();
        long room = 0;
        for (String name : order) {
            if (room < wanted) {
                few.put(name, free.getOrDefault(name, 0L));
                room += free.getOrDefault(name, 0L);
            }
        }
        return byWeight(wanted, few, before);
    }

    static Map<String, Integer> byWeight(int wanted, Map<String, Long> weights, Map<String, Integer> before) {
        long total = weights.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (total == 0) {
            return counts;
        }
        weights.forEach((name, weight) -> counts.put(name, (int) (wanted * weight / total)));
        int left = wanted - counts.values().stream().mapToInt(Integer::intValue).sum();
        weights.keySet().stream()
                .sorted(Comparator.comparingLong((String name) -> -weights.getOrDefault(name, 0L))
                        .thenComparing(name -> -before.getOrDefault(name, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(left)
                .forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts;
    }

    /** Clusters that no weight names get nothing; when none of them is named, all weigh the same. */
    private static Map<String, Long> weights(List<ObjectNode> clusters, JsonNode list) {
        Map<String, Long> weights = new LinkedHashMap<>();
        Map<String, Long> even = new LinkedHashMap<>();
        for (ObjectNode cluster : clusters) {
            String name = cluster.path("metadata").path("name").asText();
            even.put(name, 1L);
            for (JsonNode entry : list) {
                if (ClusterAffinity.from(entry.path("targetCluster")).allows(name)) {
                    weights.putIfAbsent(name, entry.path("weight").asLong());
                }
            }
        }
        return weights.values().stream().mapToLong(Long::longValue).sum() == 0 ? even : weights;
    }

    private static Map<String, Long> longs(Map<String, Integer> counts) {
        Map<String, Long> longs = new LinkedHashMap<>();
        counts.forEach((name, count) -> longs.put(name, (long) count));
        return longs;
    }
}
