// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decided state as JSON. By names, never by position (D-28), and typed (D-06). Maps that have an order are arrays: jsonb keeps
 * no order of members.
 */
final class DecidedJson {

    private DecidedJson() {}

    static JsonArray of(Placement placement) {
        List<JsonValue> services = new ArrayList<>();
        placement
                .shares()
                .forEach((service, shares) -> services.add(new Members()
                        .text("service", service)
                        .value(
                                "shares",
                                new JsonArray(shares.stream()
                                        .<JsonValue>map(DecidedJson::of)
                                        .toList()))
                        .object()));
        return new JsonArray(services);
    }

    static Placement placement(JsonValue value) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (Fields service : Fields.list(value)) {
            shares.put(
                    service.text("service"),
                    Fields.list(service.value("shares")).stream()
                            .map(share -> new Share(share.cluster(), Math.toIntExact(share.number("replicas"))))
                            .toList());
        }
        return new Placement(shares);
    }

    static JsonArray ofServices(Map<String, EffectiveService> services) {
        List<JsonValue> items = new ArrayList<>();
        services.forEach((id, service) -> {
            Members needs = new Members();
            service.perReplica().byName().forEach(needs::number);
            items.add(new Members()
                    .text("service", id)
                    .value("perReplica", needs.object())
                    .number("minReplicas", service.minReplicas())
                    .number("maxReplicas", service.maxReplicas())
                    .object());
        });
        return new JsonArray(items);
    }

    static Map<String, EffectiveService> services(JsonValue value) {
        Map<String, EffectiveService> services = new LinkedHashMap<>();
        for (Fields service : Fields.list(value)) {
            Fields needs = Fields.of(service.value("perReplica"));
            Map<String, Long> amounts = new LinkedHashMap<>();
            needs.object().members().keySet().forEach(name -> amounts.put(name, needs.number(name)));
            services.put(
                    service.text("service"),
                    new EffectiveService(
                            Resources.ofNames(amounts),
                            Math.toIntExact(service.number("minReplicas")),
                            Math.toIntExact(service.number("maxReplicas"))));
        }
        return services;
    }

    static JsonArray ofClusters(List<ClusterId> clusters) {
        return new JsonArray(clusters.stream()
                .<JsonValue>map(cluster -> new Members().cluster(cluster).object())
                .toList());
    }

    static List<ClusterId> clusters(JsonValue value) {
        return Fields.list(value).stream().map(Fields::cluster).toList();
    }

    private static JsonObject of(Share share) {
        return new Members()
                .cluster(share.cluster())
                .number("replicas", share.replicas())
                .object();
    }
}
