// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A Job is complete when it is in each of its clusters, and failed when it is in one. */
final class JobEnd {

    private JobEnd() {}

    /** @return whether the status has an end that it did not have before */
    static boolean complete(ArrayNode items, JsonNode before, ObjectNode status) {
        int complete = 0;
        boolean failed = false;
        for (JsonNode item : items) {
            complete += PodStatuses.isTrue(item, "Complete") ? 1 : 0;
            failed |= PodStatuses.isTrue(item, "Failed");
            start(item.path("status").path("startTime"), status);
        }
        boolean ended = failed || (complete > 0 && complete == items.size());
        if (!ended || before.has("conditions")) {
            return false;
        }
        status.putArray("conditions")
                .add(PodStatuses.condition(failed ? "Failed" : "Complete", "True", failed ? "JobFailed" : "Completed"));
        return true;
    }

    private static void start(JsonNode time, ObjectNode status) {
        if (time.isTextual()
                && (!status.has("startTime")
                        || time.asText().compareTo(status.path("startTime").asText()) < 0)) {
            status.set("startTime", time);
        }
    }
}
