// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers of placement strategies as JSON and back, and for people. */
final class PlacementJson {

    private PlacementJson() {}

    static JsonObject json(Placement placement) {
        JsonFieldWriter members = new JsonFieldWriter();
        placement
                .shares()
                .forEach((service, shares) ->
                        members.put(service, JsonFieldWriter.array(shares, share -> new JsonFieldWriter()
                                .put("cluster", share.cluster().toString())
                                .put("replicas", share.replicas())
                                .object())));
        return members.object();
    }

    static Placement placement(JsonObject json) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        json.members()
                .forEach((service, of) -> shares.put(
                        service,
                        of.asArray().orElse(List.of()).stream()
                                .map(item -> item.asObject().orElseThrow())
                                .map(share -> new Share(
                                        ClusterId.parse(new JsonFieldReader(share).text("cluster")),
                                        new JsonFieldReader(share).integer("replicas")))
                                .toList()));
        return new Placement(shares);
    }

    static JsonObject reasons(Map<String, Map<ClusterId, String>> reasons) {
        JsonFieldWriter members = new JsonFieldWriter();
        reasons.forEach((service, byCluster) -> {
            JsonFieldWriter clusters = new JsonFieldWriter();
            byCluster.forEach((ClusterId cluster, String why) -> clusters.put(cluster.toString(), why));
            members.put(service, clusters.object());
        });
        return members.object();
    }

    /** Why each service cannot run on each cluster, in an order that does not depend on where it was kept. */
    static Map<String, Map<String, String>> reasons(JsonObject json) {
        Map<String, Map<String, String>> reasons = new TreeMap<>();
        json.members().forEach((service, byCluster) -> {
            Map<String, String> clusters = new TreeMap<>();
            byCluster
                    .asObject()
                    .orElse(JsonObject.EMPTY)
                    .members()
                    .forEach((cluster, why) ->
                            clusters.put(cluster, why.asString().orElse("")));
            reasons.put(service, clusters);
        });
        return reasons;
    }

    /** For example {@code api on c1 (2), web on c2 (1)}. */
    static String text(Placement placement) {
        return new TreeMap<>(placement.shares())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " on "
                                + entry.getValue().stream()
                                        .map(share -> "%s (%d)"
                                                .formatted(share.cluster().name(), share.replicas()))
                                        .collect(Collectors.joining(" + ")))
                        .collect(Collectors.joining(", "));
    }
}
