// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Publishes the statuses of a copy in its Work: all of them, in order, after a delay. */
final class WorkStatuses {

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    private final StatusReflection reflection;
    private final LongSupplier millis;
    private final long delayMillis;
    private final Map<String, Story> stories = new HashMap<>();

    /** Unpublished observations of one copy. */
    private static final class Story {
        private final Deque<WorkEvent> untold = new ArrayDeque<>();
        private JsonNode last;

        Story(JsonNode told) {
            last = told;
        }
    }

    private record WorkEvent(long dueMillis, ArrayNode statuses) {}

    /** @param millis a clock that only goes forward */
    WorkStatuses(
            ControlPlane host,
            PlayerLoop playerLoop,
            StatusReflection reflection,
            LongSupplier millis,
            long delayMillis) {
        this.host = host;
        this.playerLoop = playerLoop;
        this.reflection = reflection;
        this.millis = millis;
        this.delayMillis = delayMillis;
    }

    void reconcile(Map<String, MemberCluster> members) {
        Set<String> known = new HashSet<>();
        for (ObjectNode work : host.all(ObjectKind.WORK)) {
            if (!ControlPlane.ends(work) && ExecutionController.applied(work)) {
                known.add(uid(work));
                Optional.ofNullable(members.get(BindingController.cluster(work)))
                        .filter(member -> member.reachable() && host.clusterReady(member.name()))
                        .ifPresent(member -> see(work, member));
                playerLoop.attempt(() -> write(work));
            }
        }
        stories.keySet().retainAll(known);
    }

    private void see(ObjectNode work, MemberCluster member) {
        JsonNode manifest = BindingController.manifest(work);
        ObjectKind.ofPropagated(manifest)
                .ifPresent(kind -> member.copy(kind, manifest).ifPresent(copy -> {
                    ArrayNode statuses = ApiServer.object().putArray("manifestStatuses");
                    statuses.add(reflection.reflect(kind, copy));
                    Story story = stories.computeIfAbsent(
                            uid(work), first -> new Story(work.path("status").path("manifestStatuses")));
                    if (!statuses.equals(story.last)) {
                        story.last = statuses;
                        story.untold.add(new WorkEvent(millis.getAsLong() + delayMillis, statuses));
                    }
                }));
    }

    private void write(ObjectNode work) {
        Story story = stories.get(uid(work));
        if (story == null) {
            return;
        }
        WorkEvent event = story.untold.peek();
        while (event != null && event.dueMillis() <= millis.getAsLong()) {
            ObjectNode status = ApiServer.object();
            status.set("manifestStatuses", event.statuses());
            host.server().patchStatus(ObjectKind.WORK, work.path("metadata"), status, false);
            story.untold.remove();
            event = story.untold.peek();
        }
    }

    private static String uid(ObjectNode work) {
        return work.path("metadata").path("uid").asText();
    }
}
