// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Evicts objects that do not tolerate the taints of a cluster, after the time of their placement: gracefully, so that
 * an object stays there until it is healthy elsewhere, or until the grace period ends.
 */
final class TaintEvictor {

    private static final String TASKS = "gracefulEvictionTasks";

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    private final PlayedDelays delays;

    TaintEvictor(ControlPlane host, PlayerLoop playerLoop, PlayedDelays delays) {
        this.host = host;
        this.playerLoop = playerLoop;
        this.delays = delays;
    }

    void reconcile() {
        for (ObjectNode tree : host.all(ObjectKind.RESOURCE_BINDING)) {
            BindingObject binding = new BindingObject(tree);
            if (!binding.ends()) {
                playerLoop.attempt(() -> judge(binding));
            }
        }
    }

    private void judge(BindingObject binding) {
        Map<String, OptionalInt> stay = new LinkedHashMap<>(binding.clusters());
        ArrayNode tasks = ApiServer.object().putArray(TASKS);
        for (JsonNode task : binding.spec().path(TASKS)) {
            if (!over(task, binding)) {
                tasks.add(task);
            }
        }
        for (String cluster : binding.clusters().keySet()) {
            if (mustLeave(binding, cluster)) {
                OptionalInt count = binding.clusters().getOrDefault(cluster, OptionalInt.empty());
                stay.remove(cluster);
                ObjectNode task = tasks.addObject().put("fromCluster", cluster);
                count.ifPresent(number -> task.put("replicas", number));
                task.put("reason", "TaintUntolerated")
                        .put("producer", "TaintManager")
                        .put("creationTimestamp", KarmadaConditions.now());
            }
        }
        if (tasks.size() != binding.spec().path(TASKS).size()
                || stay.size() != binding.clusters().size()) {
            ObjectNode patch = ApiServer.object();
            ObjectNode spec = patch.putObject("spec");
            if (tasks.isEmpty()) {
                spec.putNull(TASKS);
            } else {
                spec.set(TASKS, tasks);
            }
            if (stay.size() != binding.clusters().size()) {
                spec.set("clusters", SchedulerPlayer.tree(stay));
            }
            host.server().patch(ObjectKind.RESOURCE_BINDING, binding.metadata(), patch);
        }
    }

    private boolean mustLeave(BindingObject binding, String cluster) {
        JsonNode taints = host.get(ObjectKind.CLUSTER, "", cluster)
                .map(found -> found.path("spec").path("taints"))
                .orElseGet(ApiServer::object);
        for (JsonNode taint : taints) {
            if (taint.path("effect").asText().equals(TaintMatcher.NO_EXECUTE)) {
                OptionalLong seconds = TaintMatcher.seconds(binding.spec().path("placement"), taint);
                if (seconds.isPresent()
                        && since(taint.path("timeAdded")) >= seconds.getAsLong() * delays.tolerationSecond()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether it is healthy wherever it has been scheduled since, or its grace period has ended. */
    private boolean over(JsonNode task, BindingObject binding) {
        boolean well = !binding.clusters().isEmpty();
        for (String cluster : binding.clusters().keySet()) {
            boolean healthy = false;
            for (JsonNode item : binding.tree().path("status").path("aggregatedStatus")) {
                healthy |= item.path("clusterName").asText().equals(cluster)
                        && item.path("health").asText().equals("Healthy");
            }
            well &= healthy;
        }
        return well || since(task.path("creationTimestamp")) >= delays.eviction();
    }

    private static long since(JsonNode time) {
        return Duration.between(Instant.parse(time.asText()), Instant.now()).toMillis();
    }
}
