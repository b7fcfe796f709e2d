// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Plays the scheduler: decides on the clusters of a binding when its placement or its replicas have changed; a binding
 * that is not divided is decided in every round. Where nothing fits, the last decision stays.
 */
final class SchedulerPlayer {

    private static final String APPLIED_PLACEMENT = "policy.karmada.io/applied-placement";
    private static final String SCHEDULED = "Scheduled";

    private final ControlPlane host;
    private final PlayerLoop playerLoop;

    SchedulerPlayer(ControlPlane host, PlayerLoop playerLoop) {
        this.host = host;
        this.playerLoop = playerLoop;
    }

    void reconcile() {
        if (!host.synced()) {
            return;
        }
        for (ObjectNode tree : host.all(ObjectKind.RESOURCE_BINDING)) {
            BindingObject binding = new BindingObject(tree);
            if (!binding.ends() && binding.spec().has("placement")) {
                playerLoop.attempt(() -> schedule(binding));
            }
        }
    }

    private void schedule(BindingObject binding) {
        JsonNode placement = binding.spec().path("placement");
        String text = placement.toString();
        boolean changed = !text.equals(
                binding.metadata().path("annotations").path(APPLIED_PLACEMENT).asText());
        boolean divides = DividedScheduling.divides(placement)
                && binding.spec().path("replicas").asInt() > 0;
        if (!changed
                && divides
                && DividedScheduling.sum(binding.clusters())
                        == binding.spec().path("replicas").asInt()) {
            observe(binding);
            return;
        }
        Candidates candidates = Candidates.of(binding, host.all(ObjectKind.CLUSTER));
        Map<String, OptionalInt> targets = candidates.fitting().isEmpty()
                ? Map.of()
                : DividedScheduling.divide(placement, binding, candidates.fitting());
        if (targets.isEmpty()) {
            fail(binding, candidates.fitting().isEmpty() ? candidates.message() : DividedScheduling.NOT_ENOUGH);
        } else if (changed || !targets.equals(binding.clusters())) {
            write(binding, targets, text);
        } else {
            observe(binding);
        }
    }

    private void write(BindingObject binding, Map<String, OptionalInt> targets, String placement) {
        ObjectNode patch = ApiServer.object();
        patch.putObject("metadata").putObject("annotations").put(APPLIED_PLACEMENT, placement);
        patch.putObject("spec").set("clusters", tree(targets));
        host.server().patch(ObjectKind.RESOURCE_BINDING, binding.metadata(), patch);
    }

    private void observe(BindingObject binding) {
        write(binding, true, "BindingScheduled", "Binding has been scheduled");
    }

    private void fail(BindingObject binding, String message) {
        write(binding, false, "BindingFailedScheduling", message);
    }

    private void write(BindingObject binding, boolean scheduled, String reason, String message) {
        ObjectNode status = ApiServer.object();
        JsonNode before = binding.tree().path("status");
        if (!saysAlready(before, scheduled, message)) {
            status.set("conditions", KarmadaConditions.with(binding.tree(), SCHEDULED, scheduled, reason, message));
        }
        JsonNode generation = binding.metadata().path("generation");
        if (scheduled && !before.path("schedulerObservedGeneration").equals(generation)) {
            status.set("schedulerObservedGeneration", generation);
        }
        if (!status.isEmpty()) {
            host.server().patchStatus(ObjectKind.RESOURCE_BINDING, binding.metadata(), status, false);
        }
    }

    private static boolean saysAlready(JsonNode status, boolean scheduled, String message) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(SCHEDULED)) {
                return condition.path("status").asText().equals(scheduled ? "True" : "False")
                        && condition.path("message").asText().equals(message);
            }
        }
        return false;
    }

    static ArrayNode tree(Map<String, OptionalInt> targets) {
        ArrayNode clusters = ApiServer.object().putArray("clusters");
        targets.forEach((cluster, count) -> {
            ObjectNode target = clusters.addObject().put("name", cluster);
            count.ifPresent(number -> target.put("replicas", number));
        });
        return clusters;
    }

    /** The clusters that an object may go to, and the reasons against the others. */
    record Candidates(List<ObjectNode> fitting, Map<String, Integer> refused) {

        static Candidates of(BindingObject binding, List<ObjectNode> clusters) {
            List<ObjectNode> fitting = new ArrayList<>();
            Map<String, Integer> refused = new LinkedHashMap<>();
            for (ObjectNode cluster : clusters) {
                String reason = SchedulerFilters.refusal(binding, cluster);
                if (reason.isEmpty()) {
                    fitting.add(cluster);
                } else {
                    refused.merge(reason, 1, Integer::sum);
                }
            }
            fitting.sort((one, other) -> name(one).compareTo(name(other)));
            return new Candidates(fitting, refused);
        }

        String message() {
            List<String> reasons = new ArrayList<>();
            refused.forEach((reason, count) -> reasons.add(count + " cluster(s) " + reason));
            int all = refused.values().stream().mapToInt(Integer::intValue).sum();
            return "0/%d clusters are available: %s.".formatted(all, String.join(", ", reasons));
        }

        private static String name(JsonNode cluster) {
            return cluster.path("metadata").path("name").asText();
        }
    }
}
