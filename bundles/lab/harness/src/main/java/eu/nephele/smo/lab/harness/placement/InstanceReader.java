// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads instances of the formats {@code federation/1}, {@code gap/1} (generalised assignment: an agent is a cluster, a job is a service
 * whose demand depends on the cluster) and {@code mcbench-case/1} (each replica of each application is a service on the first cluster).
 */
final class InstanceReader {

    private static final JsonMapper JSON = new JsonMapper();
    /** It stands in lines of CSV. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");

    private static final String PROJECT = "bench";
    private static final long MEBIBYTE = 1L << 20;
    private static final int MILLIS = 1000;
    private static final int MEBIBYTES_PER_PRICE = 1024;
    private static final int NEIGHBOURS_IN_ZONE = 2;

    private InstanceReader() {}

    /**
     * @param format that the file has to have; empty for any
     * @param objective of a federation, {@code wide} if empty; other formats have one of their own
     * @throws IOException if the file cannot be read, or is of no such format
     */
    static Instance read(Path file, Optional<String> format, Optional<InstanceObjective> objective) throws IOException {
        return read(file.toString(), JSON.readTree(file.toFile()), format, objective);
    }

    /** @param origin of the content, for messages */
    static Instance read(String origin, JsonNode root, Optional<String> format, Optional<InstanceObjective> objective)
            throws IOException {
        String itsFormat = root.path("format").asText("none");
        String kind = itsFormat.replaceAll("(-case)?/1$", "");
        if (format.isPresent() && !format.get().equals(kind)) {
            throw new IOException("%s has the format %s, not %s".formatted(origin, itsFormat, format.get()));
        }
        try {
            return switch (kind) {
                case "federation" -> federation(root, objective.orElse(InstanceObjective.WIDE));
                case "gap" -> only(InstanceObjective.GAP, objective, assignment(root));
                case "mcbench" -> only(InstanceObjective.REF, objective, applications(root));
                default ->
                    throw new IOException("%s has the format %s; known are federation/1, gap/1, mcbench-case/1"
                            .formatted(origin, itsFormat));
            };
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException invalid) {
            throw new IOException("%s is no valid instance: %s".formatted(origin, invalid.getMessage()), invalid);
        }
    }

    private static Instance only(InstanceObjective its, Optional<InstanceObjective> asked, Instance instance) {
        if (asked.isPresent() && asked.get() != its) {
            throw new IllegalArgumentException("its objective is %s, not %s".formatted(its, asked.get()));
        }
        return instance;
    }

    private static Instance federation(JsonNode root, InstanceObjective objective) {
        List<JsonNode> services = list(root.required("services"));
        List<JsonNode> clusters = list(root.required("clusters"));
        PlacementRequestBuilder builder =
                builder(services.stream().map(InstanceReader::service).toList(), clusters(clusters, "capacity"));
        CostArrays costs = new CostArrays(services.size(), clusters.size());
        for (int s = 0; s < services.size(); s++) {
            int current = services.get(s).required("current").asInt();
            if (current >= clusters.size()) {
                throw new IllegalArgumentException(
                        "services[%d].current is %d of %d clusters".formatted(s, current, clusters.size()));
            }
            if (current >= 0) {
                builder.current(s, current);
            }
            for (int c = 0; c < clusters.size(); c++) {
                boolean moved = current >= 0 && current != c;
                long cost = objective == InstanceObjective.REF
                        ? 1 + (moved ? 1 : 0)
                        : linear(root, services.get(s), clusters.get(c), moved);
                costs.setAssign(s, c, cost);
            }
        }
        if (objective.hasTraffic()) {
            long weight = root.required("weights").required("traffic").asLong();
            for (int c = 0; c < clusters.size(); c++) {
                for (int to = 0; to < clusters.size(); to++) {
                    costs.setDistance(c, to, weight * distance(root, clusters, c, to));
                }
            }
            root.required("edges")
                    .forEach(edge -> builder.link(new PlacementLink(
                            edge.required(0).asInt(),
                            edge.required(1).asInt(),
                            edge.required(2).asDouble(),
                            OptionalDouble.empty())));
        }
        if (objective.hasGroups()) {
            root.required("together").forEach(group -> builder.together(integers(group)));
            root.required("spread").forEach(group -> apart(builder, integers(group)));
        }
        return instance(root, objective, builder, costs, OptionalLong.empty());
    }

    private static PlacementService service(JsonNode service) {
        Resources perReplica = resources(service);
        return new PlacementService(
                service.required("name").asText(),
                perReplica,
                service.required("replicas").asInt(),
                1);
    }

    /** @param capacity member with the amounts; "" if a cluster itself has them */
    private static List<ClusterCapacity> clusters(List<JsonNode> clusters, String capacity) {
        List<ClusterCapacity> found = new ArrayList<>();
        for (JsonNode cluster : clusters) {
            Resources free = resources(capacity.isEmpty() ? cluster : cluster.required(capacity));
            found.add(
                    ClusterCapacity.of(id(found.size(), cluster.required("name").asText()), free));
        }
        return found;
    }

    /** In the order of the file, which is that of names in a request. */
    private static ClusterId id(int index, String name) {
        return new ClusterId(PROJECT, "%05d-%s".formatted(index, name));
    }

    private static Resources resources(JsonNode amounts) {
        return new Resources(
                amounts.required("cpuMilli").asLong(),
                Math.multiplyExact(amounts.required("memoryMiB").asLong(), MEBIBYTE),
                0,
                amounts.required("gpu").asLong());
    }

    private static long linear(JsonNode root, JsonNode service, JsonNode cluster, boolean moved) {
        JsonNode weights = root.required("weights");
        long rate = service.required("userRate").asLong();
        int zone = cluster.required("zone").asInt();
        int userZone = service.required("userZone").asInt();
        long latency = zone == userZone
                ? 1
                : root.required("zoneLatency").required(userZone).required(zone).asLong();
        return weights.required("deploy").asLong()
                + (moved
                        ? weights.required("move").asLong()
                                * service.required("moveCost").asLong()
                        : 0)
                + weights.required("price").asLong() * consumption(service, cluster.required("price"))
                + weights.required("energy").asLong() * consumption(service, cluster.required("energy"))
                + weights.required("access").asLong() * rate * latency;
    }

    /** Each product is rounded down by itself. */
    private static long consumption(JsonNode service, JsonNode price) {
        long replicas = service.required("replicas").asLong();
        long cpu = replicas * service.required("cpuMilli").asLong();
        long memory = replicas * service.required("memoryMiB").asLong();
        long gpus = replicas * service.required("gpu").asLong();
        return cpu * price.required(0).asLong() / MILLIS
                + memory * price.required(1).asLong() / MEBIBYTES_PER_PRICE
                + gpus * price.required(2).asLong();
    }

    private static long distance(JsonNode root, List<JsonNode> clusters, int from, int to) {
        int zone = clusters.get(from).required("zone").asInt();
        int other = clusters.get(to).required("zone").asInt();
        if (from == to) {
            return 0;
        }
        return zone == other
                ? NEIGHBOURS_IN_ZONE
                : root.required("zoneLatency").required(zone).required(other).asLong();
    }

    private static void apart(PlacementRequestBuilder builder, List<Integer> group) {
        for (int i = 0; i < group.size(); i++) {
            for (int j = i + 1; j < group.size(); j++) {
                builder.apart(group.get(i), group.get(j));
            }
        }
    }

    /** Each agent has a resource of its own, of which the others have enough for all jobs. */
    private static Instance assignment(JsonNode root) {
        int agents = root.required("agents").asInt();
        int jobs = root.required("jobs").asInt();
        List<PlacementService> services = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            Map<String, Long> demand = new HashMap<>();
            for (int agent = 0; agent < agents; agent++) {
                demand.put(
                        capacityOf(agent),
                        root.required("weight").required(agent).required(job).asLong());
            }
            services.add(new PlacementService("job" + job, new Resources(0, 0, 0, 0, demand), 1, 1));
        }
        List<ClusterCapacity> clusters = new ArrayList<>();
        CostArrays costs = new CostArrays(jobs, agents);
        for (int agent = 0; agent < agents; agent++) {
            Map<String, Long> capacity = new HashMap<>();
            for (int other = 0; other < agents; other++) {
                capacity.put(
                        capacityOf(other),
                        other == agent
                                ? root.required("capacity").required(agent).asLong()
                                : Resources.UNLIMITED);
            }
            clusters.add(ClusterCapacity.of(id(agent, "agent"), new Resources(0, 0, 0, 0, capacity)));
            for (int job = 0; job < jobs; job++) {
                costs.setAssign(
                        job,
                        agent,
                        root.required("cost").required(agent).required(job).asLong());
            }
        }
        JsonNode bound = root.path("lowerBound");
        return instance(
                root,
                InstanceObjective.GAP,
                builder(services, clusters),
                costs,
                bound.isIntegralNumber() ? OptionalLong.of(bound.asLong()) : OptionalLong.empty());
    }

    private static String capacityOf(int agent) {
        return "bench.example/agent%04d".formatted(agent);
    }

    private static Instance applications(JsonNode root) {
        List<PlacementService> services = new ArrayList<>();
        for (JsonNode wave : root.required("waves")) {
            for (JsonNode application : wave) {
                int replicas = application.required("replicas").asInt();
                for (int replica = 0; replica < replicas; replica++) {
                    String name = "%s-%d".formatted(application.required("name").asText(), services.size());
                    services.add(new PlacementService(name, resources(application), 1, 1));
                }
            }
        }
        List<ClusterCapacity> clusters = clusters(list(root.required("clusters")), "");
        PlacementRequestBuilder builder = builder(services, clusters);
        CostArrays costs = new CostArrays(services.size(), clusters.size());
        for (int s = 0; s < services.size(); s++) {
            builder.current(s, 0);
            for (int c = 0; c < clusters.size(); c++) {
                costs.setAssign(s, c, c == 0 ? 1 : 2);
            }
        }
        return instance(root, InstanceObjective.REF, builder, costs, OptionalLong.empty());
    }

    private static PlacementRequestBuilder builder(List<PlacementService> services, List<ClusterCapacity> clusters) {
        return new PlacementRequestBuilder(
                new GraphId(PROJECT, "instance"), DecisionReason.REPLACE, services, clusters);
    }

    private static Instance instance(
            JsonNode root,
            InstanceObjective objective,
            PlacementRequestBuilder builder,
            CostArrays costs,
            OptionalLong knownBound) {
        PlacementRequest request = builder.build().withCosts(List.of(costs));
        String id = root.required("id").asText();
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id '%s': only letters, digits, '.', '_' and '-' are possible".formatted(id));
        }
        return new Instance(id, objective, request, knownBound);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<Integer> integers(JsonNode array) {
        return list(array).stream().map(JsonNode::asInt).toList();
    }
}
