// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.json.DivisionJson;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decided state as JSON. By names, never by position, and typed. Maps that have an order are arrays: jsonb keeps
 * no order of members.
 */
final class DecidedJson {

    private static final String DIVISION = "division";

    private DecidedJson() {}

    static JsonArray write(Placement placement) {
        List<JsonValue> services = new ArrayList<>();
        placement
                .shares()
                .forEach((service, shares) -> services.add(new JsonFieldWriter()
                        .put("service", service)
                        .put("shares", ofShares(shares))
                        .object()));
        return new JsonArray(services);
    }

    static Placement placement(JsonValue value) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (JsonFieldReader service : JsonFieldReader.list(value)) {
            shares.put(service.text("service"), shares(service.value("shares")));
        }
        return new Placement(shares);
    }

    static JsonArray ofServices(Map<String, EffectiveService> services) {
        List<JsonValue> items = new ArrayList<>();
        services.forEach((id, service) -> {
            JsonFieldWriter fields = new JsonFieldWriter()
                    .put("service", id)
                    .put("perReplica", write(service.perReplica()))
                    .put("minReplicas", service.minReplicas())
                    .put("maxReplicas", service.maxReplicas());
            if (!service.division().equals(ReplicaDivision.WHOLE)) {
                fields.put(DIVISION, DivisionJson.write(service.division()));
            }
            items.add(fields.object());
        });
        return new JsonArray(items);
    }

    static Map<String, EffectiveService> services(JsonValue value) {
        Map<String, EffectiveService> services = new LinkedHashMap<>();
        for (JsonFieldReader service : JsonFieldReader.list(value)) {
            services.put(
                    service.text("service"),
                    new EffectiveService(
                            resources(service.value("perReplica")),
                            Math.toIntExact(service.number("minReplicas")),
                            Math.toIntExact(service.number("maxReplicas")),
                            service.optionalObject(DIVISION)
                                    .map(DivisionJson::read)
                                    .orElse(ReplicaDivision.WHOLE)));
        }
        return services;
    }

    static JsonArray ofClusters(List<ClusterId> clusters) {
        return new JsonArray(clusters.stream()
                .<JsonValue>map(
                        cluster -> new JsonFieldWriter().cluster(cluster).object())
                .toList());
    }

    static List<ClusterId> clusters(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(JsonFieldReader::cluster)
                .toList();
    }

    static JsonArray ofHeld(Map<ClusterId, Resources> held) {
        List<JsonValue> items = new ArrayList<>();
        new TreeMap<>(held)
                .forEach((cluster, resources) -> items.add(new JsonFieldWriter()
                        .cluster(cluster)
                        .put("resources", write(resources))
                        .object()));
        return new JsonArray(items);
    }

    static Map<ClusterId, Resources> held(JsonValue value) {
        Map<ClusterId, Resources> held = new LinkedHashMap<>();
        JsonFieldReader.list(value).forEach(fields -> held.put(fields.cluster(), resources(fields.value("resources"))));
        return held;
    }

    static JsonArray ofHomes(Map<String, ClusterId> homes) {
        List<JsonValue> items = new ArrayList<>();
        new TreeMap<>(homes)
                .forEach((service, cluster) -> items.add(new JsonFieldWriter()
                        .put("service", service)
                        .cluster(cluster)
                        .object()));
        return new JsonArray(items);
    }

    static Map<String, ClusterId> homes(JsonValue value) {
        Map<String, ClusterId> homes = new LinkedHashMap<>();
        JsonFieldReader.list(value).forEach(fields -> homes.put(fields.text("service"), fields.cluster()));
        return homes;
    }

    static JsonArray ofMoves(List<Instant> moves) {
        return JsonArray.ofStrings(moves.stream().map(Instant::toString).toList());
    }

    static List<Instant> moves(JsonValue value) {
        return JsonFieldReader.texts(value).stream().map(Instant::parse).toList();
    }

    private static JsonObject write(Resources resources) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        resources.byName().forEach(jsonFieldWriter::put);
        return jsonFieldWriter.object();
    }

    private static Resources resources(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        Map<String, Long> amounts = new LinkedHashMap<>();
        fields.object().members().keySet().forEach(name -> amounts.put(name, fields.number(name)));
        return Resources.ofNames(amounts);
    }

    static JsonArray ofShares(List<Share> shares) {
        return new JsonArray(shares.stream().<JsonValue>map(DecidedJson::write).toList());
    }

    static List<Share> shares(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(share -> new Share(share.cluster(), Math.toIntExact(share.number("replicas"))))
                .toList();
    }

    private static JsonObject write(Share share) {
        return new JsonFieldWriter()
                .cluster(share.cluster())
                .put("replicas", share.replicas())
                .object();
    }
}
