// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Leads each pod through its life. Told by one thread only. */
final class PodPlayer {

    private enum Stage {
        BOUND,
        UNSCHEDULABLE,
        STARTED,
        BROKEN
    }

    /**
     * @param node where it is; empty when nowhere
     * @param sinceMillis of the clock that only goes forward
     */
    private record Step(Stage stage, String node, long sinceMillis) {}

    private final ApiServer server;
    private final long startDelayMillis;
    // by uid; the mirror may be some milliseconds behind what was done here
    private final Map<String, Step> steps = new HashMap<>();

    PodPlayer(ApiServer server, long startDelayMillis) {
        this.server = server;
        this.startDelayMillis = startDelayMillis;
    }

    /** @param free what is left on each node; less afterwards when the pod gets a place */
    void play(ObjectNode pod, Map<String, Amounts> free, Predicate<String> alive) {
        String node = pod.path("spec").path("nodeName").asText();
        if (pod.path("metadata").has("deletionTimestamp")) {
            if (node.isEmpty() || alive.test(node)) { // on a dead node nobody ends it
                server.delete(Kind.POD, pod.path("metadata"), 0);
            }
        } else if (node.isEmpty()) {
            schedule(pod, free);
        } else if (alive.test(node)) {
            String phase = pod.path("status").path("phase").asText();
            if (phase.equals("Pending")) {
                start(pod, node);
            } else if (phase.equals("Running") && Pods.isFalse(pod, "Ready")) { // its node was dead for a while
                server.patchStatus(Kind.POD, pod.path("metadata"), Pods.running(pod), true);
            }
        }
    }

    /** The node that it is on, or will be when the server has told; empty for none. */
    String placeOf(ObjectNode pod) {
        String node = pod.path("spec").path("nodeName").asText();
        Step step = steps.get(uid(pod));
        return node.isEmpty() && step != null ? step.node() : node;
    }

    void forgetAllBut(Collection<ObjectNode> pods) {
        Set<String> known = pods.stream().map(PodPlayer::uid).collect(Collectors.toSet());
        steps.keySet().retainAll(known);
    }

    private void schedule(ObjectNode pod, Map<String, Amounts> free) {
        if (isAt(pod, Stage.BOUND)) {
            return;
        }
        Amounts wanted = Amounts.ofPod(pod);
        for (Map.Entry<String, Amounts> node : free.entrySet()) {
            if (node.getValue().covers(wanted)) {
                node.getValue().subtract(wanted);
                bind(pod, node.getKey());
                note(pod, Stage.BOUND, node.getKey());
                return;
            }
        }
        if (!isAt(pod, Stage.UNSCHEDULABLE) && !Pods.hasCondition(pod, "PodScheduled")) {
            ObjectNode status = ApiServer.object();
            status.putArray("conditions").add(Pods.condition("PodScheduled", "False", "Unschedulable"));
            server.patchStatus(Kind.POD, pod.path("metadata"), status, true);
            note(pod, Stage.UNSCHEDULABLE, "");
        }
    }

    private void bind(ObjectNode pod, String node) {
        JsonNode metadata = pod.path("metadata");
        ObjectNode binding = ApiServer.object().put("apiVersion", "v1").put("kind", "Binding");
        binding.putObject("metadata").put("name", metadata.path("name").asText());
        binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
        server.post(
                "/api/v1/namespaces/%s/pods/%s/binding"
                        .formatted(
                                metadata.path("namespace").asText(),
                                metadata.path("name").asText()),
                binding);
    }

    private void start(ObjectNode pod, String node) {
        if (isAt(pod, Stage.STARTED) || isAt(pod, Stage.BROKEN)) {
            return;
        }
        Step bound = steps.computeIfAbsent(uid(pod), uid -> new Step(Stage.BOUND, node, now()));
        if (Pods.broken(pod)) {
            server.patchStatus(Kind.POD, pod.path("metadata"), Pods.cannotPull(pod), true);
            note(pod, Stage.BROKEN, node);
            server.create(Kind.EVENT, Pods.pullFailure(pod));
        } else if (now() - bound.sinceMillis() >= startDelayMillis) {
            server.patchStatus(Kind.POD, pod.path("metadata"), Pods.running(pod), true);
            note(pod, Stage.STARTED, node);
        }
    }

    private boolean isAt(ObjectNode pod, Stage stage) {
        Step step = steps.get(uid(pod));
        return step != null && step.stage() == stage;
    }

    private void note(ObjectNode pod, Stage stage, String node) {
        steps.put(uid(pod), new Step(stage, node, now()));
    }

    private static String uid(ObjectNode pod) {
        return pod.path("metadata").path("uid").asText();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
