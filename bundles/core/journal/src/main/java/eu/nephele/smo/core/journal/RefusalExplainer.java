// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.Alternatives.Alternative;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why a service is nowhere, from the last attempt to place its graph. */
final class RefusalExplainer {

    private static final String ROOM = "";

    private final DecisionRecord record;
    private final Snapshot inputs;
    private final PlacementRequest request;
    private final Map<String, Map<String, String>> reasons;

    RefusalExplainer(DecisionRecord record, Snapshot inputs, PlacementRequest request) {
        this.record = record;
        this.inputs = inputs;
        this.request = request;
        this.reasons = record.details()
                .get("reasons")
                .flatMap(JsonValue::asObject)
                .map(Placements::reasons)
                .orElse(Map.of());
    }

    JsonObject explain(String service) {
        Map<String, String> against = against(service);
        Optional<String> change = record.details().get("counterfactual").flatMap(JsonValue::asString);
        Members members = new Members()
                .put("service", service)
                .put("placed", false)
                .put("inForce", false)
                .put("decisionId", record.id())
                .put("reason", record.reason())
                .put("at", record.at().toString())
                .put("generation", record.generation())
                .put("strategy", record.strategyId())
                .put("strategyVersion", record.strategyVersion())
                .put("fallback", record.fallback())
                .put("durationMillis", record.duration().toNanos() / 1e6)
                .put("inputsDigest", inputs.digest())
                .put("rejected", Members.array(against.entrySet(), entry -> new Members()
                        .put("cluster", entry.getKey())
                        .put("possible", entry.getValue().equals(ROOM))
                        .put("toldByStrategy", reasons.containsKey(service))
                        .put("reason", reason(entry.getValue()))
                        .done()));
        change.ifPresent(text -> members.put("counterfactual", text));
        return members.put("text", JsonArray.ofStrings(text(service, against, change)))
                .done();
    }

    /** By name of the cluster: what the strategy said of the service, else what speaks against it there alone. */
    private Map<String, String> against(String service) {
        Map<String, String> against = new LinkedHashMap<>();
        Map<String, String> told = reasons.getOrDefault(service, Map.of());
        for (ClusterCapacity cluster : request.clusters()) {
            Optional.ofNullable(told.get(cluster.id().toString()))
                    .ifPresent(why -> against.put(cluster.id().name(), why));
        }
        if (told.isEmpty()) {
            int index = request.services().stream()
                    .map(PlacementService::id)
                    .toList()
                    .indexOf(service);
            for (Alternative alone : new Alternatives(request, Placement.NONE, List.of()).of(index)) {
                against.put(alone.cluster().name(), alone.obstacle());
            }
        }
        request.unavailable().forEach((ClusterId cluster, String why) -> against.put(cluster.name(), why));
        return against;
    }

    private String reason(String obstacle) {
        return obstacle.equals(ROOM)
                ? "alone it would have room; the strategy %s names %s as what does not fit"
                        .formatted(record.strategyId(), String.join(", ", reasons.keySet()))
                : obstacle;
    }

    private List<String> text(String service, Map<String, String> against, Optional<String> change) {
        List<String> lines = new ArrayList<>();
        lines.add("%s is not placed: in the last attempt (%s, %s) strategy %s %s found no placement for %s."
                .formatted(
                        service,
                        record.reason(),
                        record.at(),
                        record.strategyId(),
                        record.strategyVersion(),
                        String.join(", ", reasons.keySet())));
        lines.addAll(Notes.lines(record));
        against.forEach((cluster, why) -> lines.add("Not %s: %s.".formatted(cluster, reason(why))));
        change.ifPresent(text -> lines.add("What would have to change: %s".formatted(text)));
        return lines;
    }
}
