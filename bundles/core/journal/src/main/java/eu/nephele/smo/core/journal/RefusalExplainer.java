// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why a service is nowhere, from the last attempt to place its graph. */
final class RefusalExplainer {

    /** Objection to a cluster: the strategy's own, else the obstacle there, "" if the service alone would have room. */
    private record Objection(ClusterId cluster, boolean told, String why) {

        boolean isPossible() {
            return !told && why.isEmpty();
        }
    }

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
                .map(PlacementJson::reasons)
                .orElse(Map.of());
    }

    JsonObject explain(String service) {
        List<Objection> against = against(service);
        Optional<String> change = record.details().get("counterfactual").flatMap(JsonValue::asString);
        JsonFieldWriter members = new JsonFieldWriter()
                .put("service", service)
                .put("placed", false)
                .put("inForce", false)
                .put("decisionId", record.id())
                .put("reason", record.reason())
                .put("at", record.at().toString())
                .put("generation", record.generation())
                .put("strategy", record.strategy().id())
                .put("strategyVersion", record.strategy().version())
                .put("fallback", record.fallback())
                .put("durationMillis", record.duration().toNanos() / 1e6)
                .put("inputsDigest", inputs.digest())
                .put("rejected", JsonFieldWriter.array(against, objection -> new JsonFieldWriter()
                        .put("cluster", objection.cluster().name())
                        .put("possible", objection.isPossible())
                        .put("toldByStrategy", objection.told())
                        .put("reason", reason(service, objection))
                        .object()));
        change.ifPresent(text -> members.put("counterfactual", text));
        return members.put("text", JsonArray.ofStrings(text(service, against, change)))
                .object();
    }

    /** Every cluster once, in the order of the request, then those that could not be used at all. */
    private List<Objection> against(String service) {
        Map<String, String> told = reasons.getOrDefault(service, Map.of());
        int index =
                request.services().stream().map(PlacementService::id).toList().indexOf(service);
        List<Objection> against = new ArrayList<>();
        for (Alternative alone : new AlternativeClusters(request, Placement.NONE, List.of()).list(index)) {
            String why = told.get(alone.cluster().toString());
            against.add(new Objection(alone.cluster(), why != null, why == null ? alone.obstacle() : why));
        }
        return against;
    }

    private String reason(String service, Objection objection) {
        if (!objection.isPossible()) {
            return objection.why();
        }
        return reasons.containsKey(service)
                ? "it fits alone; the strategy %s gives no reason"
                        .formatted(record.strategy().id())
                : "it fits alone; the strategy %s names %s as what does not fit"
                        .formatted(record.strategy().id(), String.join(", ", reasons.keySet()));
    }

    private List<String> text(String service, List<Objection> against, Optional<String> change) {
        List<String> lines = new ArrayList<>();
        lines.add("%s is not placed: in the last attempt (%s, %s) strategy %s %s found no placement for %s."
                .formatted(
                        service,
                        record.reason(),
                        record.at(),
                        record.strategy().id(),
                        record.strategy().version(),
                        String.join(", ", reasons.keySet())));
        lines.addAll(DecisionNotes.lines(record));
        against.forEach(objection ->
                lines.add("Not %s: %s.".formatted(objection.cluster().name(), reason(service, objection))));
        change.ifPresent(text -> lines.add("Required change: %s".formatted(text)));
        return lines;
    }
}
