// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

final class TaintMatcher {

    static final String NOT_READY = "cluster.karmada.io/not-ready";
    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";

    private TaintMatcher() {}

    static boolean tolerates(JsonNode toleration, JsonNode taint) {
        String key = toleration.path("key").asText();
        String effect = toleration.path("effect").asText();
        boolean exists = toleration.path("operator").asText().equals("Exists");
        return ((key.isEmpty() && exists) || key.equals(taint.path("key").asText()))
                && (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                && (exists || toleration.path("value").equals(taint.path("value")));
    }

    /** Seconds for which a placement lets an object stay: 0 for none, empty for ever. */
    static OptionalLong seconds(JsonNode placement, JsonNode taint) {
        for (JsonNode toleration : placement.path("clusterTolerations")) {
            if (tolerates(toleration, taint)) {
                return toleration.has("tolerationSeconds")
                        ? OptionalLong.of(
                                Math.max(0, toleration.path("tolerationSeconds").asLong()))
                        : OptionalLong.empty();
            }
        }
        return OptionalLong.of(0);
    }
}
