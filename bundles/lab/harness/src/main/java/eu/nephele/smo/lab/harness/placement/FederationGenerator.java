// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Generates instances of the format {@code federation/1}: clouds, regional and edge clusters in zones, services with a placement that was there
 * first, and capacities that are a little larger than what it takes (tight), or much larger (loose). The same numbers give the same instance as
 * the Python program that defines the format, for which {@link PythonRandom} is needed.
 */
final class FederationGenerator {

    private static final int[] CPU_MILLIS = {100, 250, 500, 1000, 2000, 4000, 8000};
    private static final double[] CPU_WEIGHTS = {10, 20, 25, 20, 14, 8, 3};
    private static final int[] REPLICAS = {1, 2, 3, 4, 6, 8, 10};
    private static final double[] REPLICA_WEIGHTS = {30, 25, 18, 10, 8, 5, 4};
    private static final int[] USER_RATES = {0, 1, 2, 4};
    private static final double[] USER_RATE_WEIGHTS = {60, 20, 14, 6};
    private static final String[] RESOURCES = {"cpuMilli", "memoryMiB", "gpu"};
    private static final List<String> KINDS = List.of("cloud", "regional", "regional", "edge", "edge");
    private static final int GPU = 2;

    private final int services;
    private final int clusters;
    private final boolean tight;
    private final String id;
    private final int seed;
    private final PythonRandom random;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final double[] size;
    private final boolean[] gpuCapable;
    private final long[][] load;
    private final int[] planted;

    private FederationGenerator(int services, int clusters, boolean tight, int seed) {
        String klass = tight ? "tight" : "loose";
        this.services = services;
        this.clusters = clusters;
        this.tight = tight;
        this.seed = seed;
        this.id = "fed-s%d-c%d-%s-%d".formatted(services, clusters, klass, seed);
        this.random = new PythonRandom("federation/1:%d:%d:%s:%d".formatted(services, clusters, klass, seed));
        this.size = new double[clusters];
        this.gpuCapable = new boolean[clusters];
        this.load = new long[clusters][RESOURCES.length];
        this.planted = new int[services];
    }

    /** Returns the content of the file, members in order of their names. */
    static ObjectNode generate(int services, int clusters, boolean tight, int seed) {
        return new FederationGenerator(services, clusters, tight, seed).generate();
    }

    private ObjectNode generate() {
        int zones = Math.max(2, Math.min(25, clusters / 3));
        ArrayNode latencies = latencies(zones);
        List<ObjectNode> clusterNodes = clusters(zones);
        ArrayNode serviceNodes = services(zones);
        capacities(clusterNodes);
        root.putArray("clusters").addAll(clusterNodes);
        root.set("edges", edges());
        root.put("format", "federation/1").put("id", id).put("klass", tight ? "tight" : "loose");
        ArrayNode plantedNode = root.putArray("planted");
        Arrays.stream(planted).forEach(plantedNode::add);
        root.put("seed", seed);
        root.set("services", serviceNodes);
        groups();
        ObjectNode weights = root.putObject("weights");
        List.of("access", "deploy", "energy", "move", "price", "traffic").forEach(weight -> weights.put(weight, 1));
        root.set("zoneLatency", latencies);
        return root;
    }

    private ArrayNode latencies(int zones) {
        double[][] spot = new double[zones][2];
        for (double[] each : spot) {
            each[0] = random.random();
            each[1] = random.random();
        }
        ArrayNode latencies = JsonNodeFactory.instance.arrayNode();
        for (double[] from : spot) {
            ArrayNode row = latencies.addArray();
            for (double[] to : spot) {
                double x = from[0] - to[0];
                double y = from[1] - to[1];
                row.add(from == to ? 0 : 5 + (int) (60 * Math.sqrt(x * x + y * y)));
            }
        }
        return latencies;
    }

    private List<ObjectNode> clusters(int zones) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (int e = 0; e < clusters; e++) {
            String kind = KINDS.get(e % KINDS.size());
            int base = kind.equals("cloud") ? 6 : kind.equals("regional") ? 3 : 1;
            double dear = kind.equals("cloud") ? 0.8 : kind.equals("regional") ? 1.0 : 1.4;
            size[e] = base * random.uniform(0.7, 1.3);
            double price = dear * random.uniform(0.7, 1.4);
            double energy = random.uniform(0.5, 1.6);
            int zone = e < zones ? e % zones : random.below(zones);
            gpuCapable[e] = e % 5 == 0 || (e % 5 == 2 && random.random() < 0.4);
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.putObject("capacity");
            node.putArray("energy")
                    .add((int) (12 * energy))
                    .add((int) (1 + energy))
                    .add((int) (90 * energy));
            node.put("gpuCapable", gpuCapable[e]).put("kind", kind).put("name", "c" + e);
            node.putArray("price")
                    .add((int) (20 * price))
                    .add((int) (4 * price))
                    .add((int) (300 * price));
            nodes.add(node.put("zone", zone));
        }
        return nodes;
    }

    private ArrayNode services(int zones) {
        int[] all = new int[clusters];
        Arrays.setAll(all, e -> e);
        int[] withGpu = Arrays.stream(all).filter(e -> gpuCapable[e]).toArray();
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (int s = 0; s < services; s++) {
            int cpu = CPU_MILLIS[random.weighted(CPU_WEIGHTS)];
            int replicas = REPLICAS[random.weighted(REPLICA_WEIGHTS)];
            int memory = cpu * random.choice(1, 2, 4, 8) * 1024 / 1000;
            int gpu = random.random() < 0.08 ? 1 : 0;
            int[] pool = gpu > 0 ? withGpu : all;
            planted[s] = pool[
                    random.weighted(
                            Arrays.stream(pool).mapToDouble(e -> size[e]).toArray())];
            double fate = random.random();
            int current = fate < 0.6 ? planted[s] : fate > 0.9 ? -1 : random.choice(pool);
            int[] demand = {cpu, memory, gpu};
            for (int k = 0; k < demand.length; k++) {
                load[planted[s]][k] += (long) demand[k] * replicas;
            }
            int moveCost = 5 + (int) random.exponential(1 / 25.0);
            int userZone = random.below(zones);
            int userRate = USER_RATES[random.weighted(USER_RATE_WEIGHTS)];
            nodes.addObject()
                    .put("cpuMilli", cpu)
                    .put("current", current)
                    .put("gpu", gpu)
                    .put("memoryMiB", memory)
                    .put("moveCost", moveCost)
                    .put("name", "s" + s)
                    .put("replicas", replicas)
                    .put("userRate", userRate)
                    .put("userZone", userZone);
        }
        return nodes;
    }

    private void capacities(List<ObjectNode> nodes) {
        long[] total = new long[RESOURCES.length];
        for (long[] each : load) {
            Arrays.setAll(total, k -> total[k] + each[k]);
        }
        double weight = 0;
        for (double each : size) {
            weight += each;
        }
        double least = tight ? 0.01 : 0.35;
        double most = tight ? 0.04 : 0.75;
        for (int e = 0; e < clusters; e++) {
            long[] capacity = new long[RESOURCES.length];
            for (int k = 0; k < capacity.length; k++) {
                double wanted = load[e][k] * (1 + random.uniform(least, most));
                if (!tight) {
                    wanted = Math.max(wanted, total[k] * size[e] / weight * 1.2);
                }
                capacity[k] = k == GPU ? gpus(e) : (long) wanted;
            }
            ((ObjectNode) nodes.get(e).required("capacity"))
                    .put("cpuMilli", roundedUp(Math.max(capacity[0], 1000), 50))
                    .put("gpu", capacity[GPU])
                    .put("memoryMiB", roundedUp(Math.max(capacity[1], 1024), 64));
        }
    }

    private long gpus(int e) {
        if (!gpuCapable[e]) {
            return 0;
        }
        return load[e][GPU] + (tight ? random.below(3) : 2 + load[e][GPU] / 2);
    }

    private static long roundedUp(long amount, long step) {
        return (amount + step - 1) / step * step;
    }

    /** Applications are services one after another: a random tree, and one more link in most. */
    private ArrayNode edges() {
        ArrayNode edges = JsonNodeFactory.instance.arrayNode();
        int first = 0;
        while (first < services) {
            int n = Math.min(services - first, 3 + random.below(7));
            Set<List<Integer>> linked = new HashSet<>();
            for (int i = 1; i < n; i++) {
                int parent = random.below(i);
                linked.add(List.of(parent, i));
                edges.addArray().add(first + parent).add(first + i).add(random.choice(1, 1, 2, 4, 8));
            }
            if (n > 4) {
                List<Integer> chord = random.sample(n, 2).stream().sorted().toList();
                if (!linked.contains(chord)) {
                    edges.addArray()
                            .add(first + chord.get(0))
                            .add(first + chord.get(1))
                            .add(random.choice(1, 2));
                }
            }
            first += n;
        }
        return edges;
    }

    /** Pairs that are planted on one cluster have to be together; triples that are not have to be spread. */
    private void groups() {
        Set<Integer> used = new HashSet<>();
        List<List<Integer>> together = new ArrayList<>();
        for (int e = 0; e < clusters; e++) {
            List<Integer> there = new ArrayList<>();
            for (int s = 0; s < services; s++) {
                if (planted[s] == e) {
                    there.add(s);
                }
            }
            if (there.size() > 3 && random.random() < 0.5) {
                List<Integer> pair = random.sample(there.size(), 2).stream()
                        .map(there::get)
                        .sorted()
                        .toList();
                together.add(pair);
                used.addAll(pair);
            }
        }
        put("spread", spread(used));
        put("together", together);
    }

    private List<List<Integer>> spread(Set<Integer> used) {
        List<List<Integer>> spread = new ArrayList<>();
        int most = Math.min(3, clusters);
        for (int i = 0; i < Math.max(1, services / 25); i++) {
            List<Integer> group = new ArrayList<>();
            Set<Integer> at = new HashSet<>();
            for (int s : random.sample(services, Math.min(services, 12))) {
                if (group.size() < most && !used.contains(s) && at.add(planted[s])) {
                    group.add(s);
                }
            }
            if (group.size() > 1) {
                Collections.sort(group);
                spread.add(group);
                used.addAll(group);
            }
        }
        return spread;
    }

    private void put(String name, List<List<Integer>> groups) {
        ArrayNode node = root.putArray(name);
        for (List<Integer> group : groups) {
            ArrayNode members = node.addArray();
            group.forEach(members::add);
        }
    }
}
