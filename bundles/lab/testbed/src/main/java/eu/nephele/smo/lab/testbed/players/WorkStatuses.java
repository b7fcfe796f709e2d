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

/** Tells in each Work what its member says of the copy: all that it said, in order, after a while. */
final class WorkStatuses {

    private final ControlPlane host;
    private final Round round;
    private final Reflection reflection;
    private final LongSupplier millis;
    private final long delayMillis;
    private final Map<String, Story> stories = new HashMap<>();

    /** What was seen of one copy and is not told yet. */
    private static final class Story {
        private final Deque<Event> untold = new ArrayDeque<>();
        private JsonNode last;

        Story(JsonNode told) {
            last = told;
        }
    }

    private record Event(long dueMillis, ArrayNode statuses) {}

    /** @param millis a clock that only goes forward */
    WorkStatuses(ControlPlane host, Round round, Reflection reflection, LongSupplier millis, long delayMillis) {
        this.host = host;
        this.round = round;
        this.reflection = reflection;
        this.millis = millis;
        this.delayMillis = delayMillis;
    }

    void look(Map<String, Member> members) {
        Set<String> known = new HashSet<>();
        for (ObjectNode work : host.all(Kind.WORK)) {
            if (!ControlPlane.ends(work) && Execution.applied(work)) {
                known.add(uid(work));
                Optional.ofNullable(members.get(Works.cluster(work)))
                        .filter(member -> member.reachable() && host.clusterReady(member.name()))
                        .ifPresent(member -> see(work, member));
                round.attempt(() -> tell(work));
            }
        }
        stories.keySet().retainAll(known);
    }

    private void see(ObjectNode work, Member member) {
        JsonNode manifest = Works.manifest(work);
        Kind.ofPropagated(manifest)
                .ifPresent(kind -> member.copy(kind, manifest).ifPresent(copy -> {
                    ArrayNode statuses = ApiServer.object().putArray("manifestStatuses");
                    statuses.add(reflection.of(kind, copy));
                    Story story = stories.computeIfAbsent(
                            uid(work), first -> new Story(work.path("status").path("manifestStatuses")));
                    if (!statuses.equals(story.last)) {
                        story.last = statuses;
                        story.untold.add(new Event(millis.getAsLong() + delayMillis, statuses));
                    }
                }));
    }

    private void tell(ObjectNode work) {
        Story story = stories.get(uid(work));
        if (story == null) {
            return;
        }
        Event event = story.untold.peek();
        while (event != null && event.dueMillis() <= millis.getAsLong()) {
            ObjectNode status = ApiServer.object();
            status.set("manifestStatuses", event.statuses());
            host.server().patchStatus(Kind.WORK, work.path("metadata"), status, false);
            story.untold.remove();
            event = story.untold.peek();
        }
    }

    private static String uid(ObjectNode work) {
        return work.path("metadata").path("uid").asText();
    }
}
