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

/** Leads each pod through its life. Confined to one thread. */
final class PodPlayer {

    private enum PodStage {
        BOUND,
        UNSCHEDULABLE,
        STARTED,
        BROKEN,
        CRASHED,
        ENDING
    }

    private static final int LONGEST_BACK_OFF = 5;

    /**
     * @param node its node; empty for none
     * @param sinceMillis of the clock that only goes forward
     */
    private record PodStep(PodStage stage, String node, long sinceMillis) {}

    private final ApiServer server;
    private final PlayedDelays delays;
    // by uid; the cache may be some milliseconds behind the writes of this player
    private final Map<String, PodStep> steps = new HashMap<>();

    PodPlayer(ApiServer server, PlayedDelays delays) {
        this.server = server;
        this.delays = delays;
    }

    /** @param free free resources of each node; reduced when the pod is scheduled */
    void play(ObjectNode pod, Map<String, ResourceAmounts> free, Predicate<String> alive) {
        String node = pod.path("spec").path("nodeName").asText();
        if (ControlPlane.ends(pod)) {
            if (node.isEmpty() || alive.test(node)) { // on a dead node no kubelet ends it
                end(pod, node);
            }
        } else if (node.isEmpty()) {
            schedule(pod, free);
        } else if (alive.test(node)) {
            switch (pod.path("status").path("phase").asText()) {
                case "Pending" -> start(pod, node);
                case "Running" -> goOn(pod, node);
                default -> {} // it has ended
            }
        }
    }

    private void end(ObjectNode pod, String node) {
        if (!isAt(pod, PodStage.ENDING)) {
            write(pod, PodStage.ENDING, node);
        }
        if (node.isEmpty() || since(pod) >= delays.podStop()) {
            server.delete(ObjectKind.POD, pod.path("metadata"), 0);
        }
    }

    private void goOn(ObjectNode pod, String node) {
        Image image = Image.from(pod);
        PodStep step = steps.computeIfAbsent(uid(pod), uid -> new PodStep(PodStage.STARTED, node, now()));
        if (PodStatuses.isOfAJob(pod)) {
            if (since(pod) >= delays.podRun()) {
                server.patchStatus(
                        ObjectKind.POD, pod.path("metadata"), PodStatuses.ended(pod, image.becomesReady()), true);
            }
        } else if (image == Image.CRASH) {
            int restarts = pod.path("status")
                    .path("containerStatuses")
                    .path(0)
                    .path("restartCount")
                    .asInt();
            long backOff = delays.podStart() << Math.min(restarts, LONGEST_BACK_OFF);
            if (now() - step.sinceMillis() >= backOff) {
                server.patchStatus(ObjectKind.POD, pod.path("metadata"), PodStatuses.crashed(pod, restarts + 1), true);
                write(pod, PodStage.CRASHED, node);
            }
        } else if (image.becomesReady() && PodStatuses.isFalse(pod, "Ready")) { // its node was dead for a while
            server.patchStatus(ObjectKind.POD, pod.path("metadata"), PodStatuses.running(pod), true);
        }
    }

    /** Its node, present or to be published by the server; empty for none. */
    String placeOf(ObjectNode pod) {
        String node = pod.path("spec").path("nodeName").asText();
        PodStep step = steps.get(uid(pod));
        return node.isEmpty() && step != null ? step.node() : node;
    }

    void forgetAllBut(Collection<ObjectNode> pods) {
        Set<String> known = pods.stream().map(PodPlayer::uid).collect(Collectors.toSet());
        steps.keySet().retainAll(known);
    }

    private void schedule(ObjectNode pod, Map<String, ResourceAmounts> free) {
        if (isAt(pod, PodStage.BOUND)) {
            return;
        }
        ResourceAmounts wanted = ResourceAmounts.ofPod(pod);
        String only = PodStatuses.onlyNode(pod);
        for (Map.Entry<String, ResourceAmounts> node : free.entrySet()) {
            boolean allowed = only.isEmpty() || only.equals(node.getKey());
            if (allowed && node.getValue().covers(wanted)) {
                node.getValue().subtract(wanted);
                bind(pod, node.getKey());
                write(pod, PodStage.BOUND, node.getKey());
                return;
            }
        }
        if (!isAt(pod, PodStage.UNSCHEDULABLE) && !PodStatuses.hasCondition(pod, "PodScheduled")) {
            ObjectNode status = ApiServer.object();
            status.putArray("conditions").add(PodStatuses.condition("PodScheduled", "False", "Unschedulable"));
            server.patchStatus(ObjectKind.POD, pod.path("metadata"), status, true);
            write(pod, PodStage.UNSCHEDULABLE, "");
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
        if (isAt(pod, PodStage.STARTED) || isAt(pod, PodStage.BROKEN)) {
            return;
        }
        steps.computeIfAbsent(uid(pod), uid -> new PodStep(PodStage.BOUND, node, now()));
        Image image = Image.from(pod);
        if (image == Image.BROKEN) {
            server.patchStatus(ObjectKind.POD, pod.path("metadata"), PodStatuses.cannotPull(pod), true);
            write(pod, PodStage.BROKEN, node);
            server.create(ObjectKind.EVENT, PodStatuses.pullFailure(pod));
        } else if (since(pod) >= (image == Image.SLOW ? delays.slowPodStart() : delays.podStart())) {
            server.patchStatus(ObjectKind.POD, pod.path("metadata"), first(pod, image), true);
            write(pod, PodStage.STARTED, node);
        }
    }

    private static ObjectNode first(ObjectNode pod, Image image) {
        return switch (image) {
            case CRASH -> PodStatuses.crashed(pod, 0);
            case NEVERREADY -> PodStatuses.neverReady(pod);
            default -> PodStatuses.running(pod);
        };
    }

    private long since(ObjectNode pod) {
        PodStep step = steps.get(uid(pod));
        return step == null ? 0 : now() - step.sinceMillis();
    }

    private boolean isAt(ObjectNode pod, PodStage stage) {
        PodStep step = steps.get(uid(pod));
        return step != null && step.stage() == stage;
    }

    private void write(ObjectNode pod, PodStage stage, String node) {
        steps.put(uid(pod), new PodStep(stage, node, now()));
    }

    private static String uid(ObjectNode pod) {
        return pod.path("metadata").path("uid").asText();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
