// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Aggregates the statuses of Works in the {@code aggregatedStatus} of their binding, and their sum on the object itself. */
final class StatusAggregator {

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    private final KarmadaVersion version;

    StatusAggregator(ControlPlane host, PlayerLoop playerLoop, KarmadaVersion version) {
        this.host = host;
        this.playerLoop = playerLoop;
        this.version = version;
    }

    void reconcile() {
        Map<String, List<ObjectNode>> works = BindingController.ofBindings(host);
        for (ObjectNode tree : host.all(ObjectKind.RESOURCE_BINDING)) {
            BindingObject binding = new BindingObject(tree);
            if (!binding.ends()) {
                ArrayNode items = items(works.getOrDefault(binding.key(), List.of()));
                playerLoop.attempt(() -> write(binding, items));
                playerLoop.attempt(() -> binding.template(host)
                        .ifPresent(template -> binding.kind().ifPresent(kind -> sum(kind, template, items))));
            }
        }
    }

    private static ArrayNode items(List<ObjectNode> works) {
        ArrayNode items = ApiServer.object().putArray("aggregatedStatus");
        works.stream()
                .filter(work -> !ControlPlane.ends(work))
                .sorted(Comparator.comparing(BindingController::cluster))
                .forEach(work -> {
                    JsonNode said = work.path("status").path("manifestStatuses").path(0);
                    ObjectNode item = items.addObject().put("clusterName", BindingController.cluster(work));
                    if (said.has("status")) {
                        item.set("status", said.path("status"));
                    }
                    if (ExecutionController.applied(work)) {
                        item.put("applied", true);
                    } else {
                        for (JsonNode condition : work.path("status").path("conditions")) {
                            item.set("appliedMessage", condition.path("message"));
                        }
                    }
                    item.put("health", said.path("health").asText("Unknown"));
                });
        return items;
    }

    private void write(BindingObject binding, ArrayNode items) {
        ObjectNode status = ApiServer.object();
        if (!items.equals(binding.tree().path("status").path("aggregatedStatus"))) {
            status.set("aggregatedStatus", items);
        }
        boolean all = !items.isEmpty();
        for (JsonNode item : items) {
            all &= item.path("applied").asBoolean();
        }
        if (all != PodStatuses.isTrue(binding.tree(), "FullyApplied")) {
            status.set(
                    "conditions",
                    KarmadaConditions.with(
                            binding.tree(),
                            "FullyApplied",
                            all,
                            all ? "FullyAppliedSuccess" : "FullyAppliedFailed",
                            all
                                    ? "All works have been successfully applied"
                                    : "Failed to apply all works, see status.aggregatedStatus for more details"));
        }
        if (!status.isEmpty()) {
            host.server().patchStatus(ObjectKind.RESOURCE_BINDING, binding.metadata(), status, false);
        }
    }

    private void sum(ObjectKind kind, ObjectNode object, ArrayNode items) {
        List<String> fields = StatusReflection.FIELDS.getOrDefault(kind, List.of());
        if (fields.isEmpty()) {
            return;
        }
        JsonNode before = object.path("status");
        ObjectNode status = ApiServer.object();
        boolean different = false;
        for (String field : fields) {
            int sum = 0;
            for (JsonNode item : items) {
                sum += item.path("status").path(field).asInt();
            }
            status.put(field, sum);
            different |= before.path(field).asInt() != sum;
        }
        if (kind.equals(ObjectKind.JOB)) {
            different |= JobEnd.complete(items, before, status);
        } else {
            long observed = observed(object, items);
            status.put("observedGeneration", observed);
            different |= before.path("observedGeneration").asLong() != observed;
        }
        if (different) {
            host.server().patchStatus(kind, object.path("metadata"), status, false);
        }
    }

    private long observed(ObjectNode object, ArrayNode items) {
        long generation = object.path("metadata").path("generation").asLong();
        int told = 0;
        int observed = 0;
        for (JsonNode item : items) {
            JsonNode status = item.path("status");
            told += status.isObject() ? 1 : 0;
            boolean current = status.path("resourceTemplateGeneration").asLong() == generation
                    && status.path("generation").equals(status.path("observedGeneration"));
            observed += current ? 1 : 0;
        }
        if (version.tellsGenerations()) {
            return observed == items.size()
                    ? generation
                    : object.path("status").path("observedGeneration").asLong();
        }
        return told > 0 ? generation : 0;
    }
}
