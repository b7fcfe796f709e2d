// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.json.DivisionJson;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Placement problems as JSON and back, without loss: they can be explained and decided again. Clusters are apart from
 * what is of one decision. Free amounts are by resource, one number for each cluster in its order, or only one where
 * all are alike; problems that were written before have them with their clusters.
 */
final class PlacementSnapshotJson {

    private static final String OVER_CLUSTERS = "overClusters";
    private static final String DIVISION = "division";

    private PlacementSnapshotJson() {}

    static JsonObject federation(PlacementRequest request) {
        return new JsonFieldWriter()
                .put("clusters", JsonFieldWriter.array(request.clusters(), PlacementSnapshotJson::lasting))
                .put("latencyMillis", latencies(request))
                .object();
    }

    static JsonObject own(PlacementRequest request) {
        return new JsonFieldWriter()
                .put("project", request.graph().project())
                .put("graph", request.graph().name())
                .put("reason", request.reason().name())
                .put("services", JsonFieldWriter.array(request.services(), PlacementSnapshotJson::service))
                .put("free", FreeAmounts.json(request.clusters()))
                .put("occupied", occupied(request.clusters()))
                .put("unavailable", unavailable(request))
                .put("links", JsonFieldWriter.array(request.links(), PlacementSnapshotJson::link))
                .put("forbidden", forbidden(request))
                .put("together", groups(request.together()))
                .put("apart", groups(request.apart()))
                .put("preferences", JsonFieldWriter.array(request.preferences(), PlacementSnapshotJson::preference))
                .put("current", current(request))
                .object();
    }

    static PlacementRequest request(JsonObject json) {
        SharedClusterSnapshot sharedClusterSnapshot = federation(json);
        return json.get("free").isPresent()
                ? request(json, sharedClusterSnapshot)
                : request(
                        json,
                        new JsonFieldReader(json)
                                .objects("clusters").stream()
                                        .map(PlacementSnapshotJson::cluster)
                                        .toList(),
                        sharedClusterSnapshot.latencies());
    }

    /** @param json the inputs without what they share with others */
    static PlacementRequest request(JsonObject json, SharedClusterSnapshot sharedClusterSnapshot) {
        List<ClusterCapacity> clusters = sharedClusterSnapshot.clusters();
        List<Resources> free = FreeAmounts.read(new JsonFieldReader(json).object("free"), clusters.size());
        Set<Integer> occupied = Set.copyOf(indexes(json, "occupied"));
        return request(
                json,
                IntStream.range(0, clusters.size())
                        .mapToObj(c -> filled(clusters.get(c), free.get(c), occupied.contains(c)))
                        .toList(),
                sharedClusterSnapshot.latencies());
    }

    private static PlacementRequest request(JsonObject json, List<ClusterCapacity> clusters, LatencyMatrix latencies) {
        List<PlacementService> services = new JsonFieldReader(json)
                .objects("services").stream()
                        .map(PlacementSnapshotJson::service)
                        .toList();
        PlacementRequestBuilder builder = new PlacementRequestBuilder(
                new GraphId(new JsonFieldReader(json).text("project"), new JsonFieldReader(json).text("graph")),
                DecisionReason.valueOf(new JsonFieldReader(json).text("reason")),
                services,
                clusters);
        new JsonFieldReader(json)
                .object("unavailable")
                .members()
                .forEach((cluster, why) -> builder.unavailable(
                        ClusterId.parse(cluster), why.asString().orElse("")));
        new JsonFieldReader(json).objects("links").forEach(link -> builder.link(link(link)));
        new JsonFieldReader(json)
                .objects("forbidden")
                .forEach(cell -> builder.forbid(
                        index(cell, "service"), index(cell, "cluster"), new JsonFieldReader(cell).text("why")));
        groups(json, "together").forEach(builder::together);
        // problems that were written before have no preferences
        if (json.get("preferences").isPresent()) {
            new JsonFieldReader(json)
                    .objects("preferences")
                    .forEach(preference -> builder.preference(preference(preference)));
        }
        groups(json, "apart").forEach(pair -> builder.apart(pair.get(0), pair.get(1)));
        builder.latencies(latencies);
        builder.current(current(json, services, clusters));
        return builder.build();
    }

    static SharedClusterSnapshot federation(JsonObject json) {
        List<ClusterCapacity> clusters = new JsonFieldReader(json)
                .objects("clusters").stream()
                        .map(cluster -> cluster(cluster, Resources.NONE, false))
                        .toList();
        return new SharedClusterSnapshot(clusters, latencies(json, clusters));
    }

    /** They are of the clusters in their order, which is that of problems, too: by name. */
    private static LatencyMatrix latencies(JsonObject json, List<ClusterCapacity> clusters) {
        List<ClusterId> ids = clusters.stream().map(ClusterCapacity::id).toList();
        Map<ClusterId, Map<ClusterId, Double>> millis = new HashMap<>();
        new JsonFieldReader(json).objects("latencyMillis").forEach(cell -> millis.computeIfAbsent(
                        ids.get(index(cell, "from")), any -> new HashMap<>())
                .put(ids.get(index(cell, "to")), new JsonFieldReader(cell).decimal("millis")));
        return LatencyMatrix.of(ids, millis);
    }

    private static ClusterCapacity filled(ClusterCapacity cluster, Resources free, boolean occupied) {
        return new ClusterCapacity(
                cluster.id(),
                free,
                cluster.allocatable(),
                occupied,
                cluster.labels(),
                cluster.energy(),
                cluster.signals());
    }

    private static JsonArray occupied(List<ClusterCapacity> clusters) {
        return new JsonArray(IntStream.range(0, clusters.size())
                .filter(c -> clusters.get(c).occupied())
                .<JsonValue>mapToObj(JsonNumber::of)
                .toList());
    }

    private static JsonObject unavailable(PlacementRequest request) {
        JsonFieldWriter members = new JsonFieldWriter();
        request.unavailable().forEach((cluster, why) -> members.put(cluster.toString(), why));
        return members.object();
    }

    private static JsonObject service(PlacementService service) {
        int overClusters = service.division().overClusters();
        JsonFieldWriter members = new JsonFieldWriter()
                .put("id", service.id())
                .put("perReplica", amounts(service.perReplica()))
                .put("replicas", service.replicas())
                .put(OVER_CLUSTERS, overClusters);
        if (!service.division().equals(ReplicaDivision.over(overClusters))) {
            members.put(DIVISION, DivisionJson.write(service.division()));
        }
        return members.object();
    }

    private static PlacementService service(JsonObject json) {
        return new PlacementService(
                new JsonFieldReader(json).text("id"),
                amounts(new JsonFieldReader(json).object("perReplica")),
                index(json, "replicas"),
                json.get(DIVISION)
                        .flatMap(JsonValue::asObject)
                        .map(DivisionJson::read)
                        .orElseGet(() -> ReplicaDivision.over(index(json, OVER_CLUSTERS))));
    }

    static JsonObject cluster(ClusterCapacity cluster) {
        return lasting(cluster)
                .with("free", amounts(cluster.free()))
                .with("occupied", new JsonBoolean(cluster.occupied()));
    }

    private static JsonObject lasting(ClusterCapacity cluster) {
        Map<String, JsonValue> labels = new LinkedHashMap<>();
        cluster.labels().forEach((name, value) -> labels.put(name, new JsonString(value)));
        return new JsonFieldWriter()
                .put("id", cluster.id().toString())
                .put("allocatable", amounts(cluster.allocatable()))
                .put("labels", new JsonObject(labels))
                .put("idleWatts", cluster.energy().idleWatts())
                .put("peakWatts", cluster.energy().peakWatts())
                .put("signals", signals(cluster.signals()))
                .object();
    }

    static ClusterCapacity cluster(JsonObject json) {
        return cluster(
                json, amounts(new JsonFieldReader(json).object("free")), new JsonFieldReader(json).flag("occupied"));
    }

    private static ClusterCapacity cluster(JsonObject json, Resources free, boolean occupied) {
        Map<String, String> labels = new LinkedHashMap<>();
        new JsonFieldReader(json)
                .object("labels")
                .members()
                .forEach((name, value) -> labels.put(name, value.asString().orElse("")));
        return new ClusterCapacity(
                ClusterId.parse(new JsonFieldReader(json).text("id")),
                free,
                amounts(new JsonFieldReader(json).object("allocatable")),
                occupied,
                labels,
                new EnergyProfile(
                        new JsonFieldReader(json).decimal("idleWatts"), new JsonFieldReader(json).decimal("peakWatts")),
                signals(new JsonFieldReader(json).object("signals")));
    }

    private static JsonObject signals(ClusterSignals signals) {
        JsonFieldWriter members = new JsonFieldWriter();
        signals.carbonGramsPerKwh().ifPresent(value -> members.put("carbonGramsPerKwh", value));
        signals.renewableShare().ifPresent(value -> members.put("renewableShare", value));
        signals.pricePerCpuHour().ifPresent(value -> members.put("pricePerCpuHour", value));
        return members.put("forecast", JsonFieldWriter.array(signals.forecast(), point -> new JsonFieldWriter()
                        .put("from", point.from().toString())
                        .put("carbonGramsPerKwh", point.carbonGramsPerKwh())
                        .object()))
                .object();
    }

    private static ClusterSignals signals(JsonObject json) {
        return new ClusterSignals(
                new JsonFieldReader(json).optionalDecimal("carbonGramsPerKwh"),
                new JsonFieldReader(json).optionalDecimal("renewableShare"),
                new JsonFieldReader(json).optionalDecimal("pricePerCpuHour"),
                new JsonFieldReader(json)
                        .objects("forecast").stream()
                                .map(point -> new ForecastPoint(
                                        Instant.parse(new JsonFieldReader(point).text("from")),
                                        new JsonFieldReader(point).decimal("carbonGramsPerKwh")))
                                .toList());
    }

    private static JsonObject link(PlacementLink link) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("from", link.from())
                .put("to", link.to())
                .put("traffic", link.traffic());
        link.maxLatencyMillis().ifPresent(limit -> members.put("maxLatencyMillis", limit));
        return members.object();
    }

    private static PlacementLink link(JsonObject json) {
        return new PlacementLink(
                index(json, "from"),
                index(json, "to"),
                new JsonFieldReader(json).decimal("traffic"),
                new JsonFieldReader(json).optionalDecimal("maxLatencyMillis"));
    }

    private static JsonObject preference(PlacementPreference preference) {
        return new JsonFieldWriter()
                .put("service", preference.service())
                .put("weight", preference.weight())
                .put("why", preference.why())
                .put(
                        "against",
                        new JsonArray(preference.against().stream()
                                .<JsonValue>map(JsonNumber::of)
                                .toList()))
                .object();
    }

    private static PlacementPreference preference(JsonObject json) {
        return new PlacementPreference(
                index(json, "service"),
                new JsonFieldReader(json).decimal("weight"),
                new JsonFieldReader(json).text("why"),
                Set.copyOf(indexes(json, "against")));
    }

    private static JsonArray forbidden(PlacementRequest request) {
        List<JsonValue> cells = new ArrayList<>();
        eachCell(request, (s, c) -> {
            if (!request.allowed(s, c)) {
                cells.add(new JsonFieldWriter()
                        .put("service", s)
                        .put("cluster", c)
                        .put("why", request.whyNotAllowed(s, c))
                        .object());
            }
        });
        return new JsonArray(cells);
    }

    private static JsonArray latencies(PlacementRequest request) {
        List<JsonValue> cells = new ArrayList<>();
        int columns = request.clusters().size();
        for (int from = 0; from < columns; from++) {
            for (int to = 0; to < columns; to++) {
                OptionalDouble millis = request.latencyMillis(from, to);
                if (from != to && millis.isPresent()) {
                    cells.add(new JsonFieldWriter()
                            .put("from", from)
                            .put("to", to)
                            .put("millis", millis.getAsDouble())
                            .object());
                }
            }
        }
        return new JsonArray(cells);
    }

    private static JsonArray current(PlacementRequest request) {
        List<JsonValue> cells = new ArrayList<>();
        eachCell(request, (s, c) -> {
            int replicas = request.currentReplicas(s, c);
            if (replicas > 0) {
                cells.add(new JsonFieldWriter()
                        .put("service", s)
                        .put("cluster", c)
                        .put("replicas", replicas)
                        .object());
            }
        });
        return new JsonArray(cells);
    }

    private static Placement current(JsonObject json, List<PlacementService> services, List<ClusterCapacity> clusters) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (JsonObject cell : new JsonFieldReader(json).objects("current")) {
            Share share = new Share(clusters.get(index(cell, "cluster")).id(), index(cell, "replicas"));
            shares.computeIfAbsent(services.get(index(cell, "service")).id(), any -> new ArrayList<>())
                    .add(share);
        }
        return new Placement(shares);
    }

    private static JsonArray groups(List<List<Integer>> groups) {
        return JsonFieldWriter.array(groups, group -> JsonFieldWriter.array(group, index -> JsonNumber.of(index)));
    }

    private static List<Integer> indexes(JsonObject json, String name) {
        return json.get(name).map(JsonFieldReader::integers).orElse(List.of());
    }

    private static List<List<Integer>> groups(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .map(JsonFieldReader::integers)
                .toList();
    }

    static JsonObject amounts(Resources resources) {
        JsonFieldWriter members = new JsonFieldWriter();
        resources.byName().forEach(members::put);
        return members.object();
    }

    static Resources amounts(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        Map<String, Long> amounts = new LinkedHashMap<>();
        json.members().keySet().forEach(name -> amounts.put(name, fields.number(name)));
        return Resources.ofNames(amounts);
    }

    private static int index(JsonObject json, String name) {
        return new JsonFieldReader(json).integer(name);
    }

    private static void eachCell(PlacementRequest request, Cell cell) {
        IntStream.range(0, request.services().size())
                .forEach(s -> IntStream.range(0, request.clusters().size()).forEach(c -> cell.at(s, c)));
    }

    @FunctionalInterface
    private interface Cell {
        void at(int service, int cluster);
    }
}
