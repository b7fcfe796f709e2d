// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recorded placements by the strategy and version that made them.
 *
 * @param byStrategy such as "h3ni.energy-aware 1.0.0"; fallbacks count for themselves
 */
record RecordedPlacements(Map<String, Long> byStrategy) {

    private static final int PAGE = 1000;
    private static final String REASON = "replace";

    /** Id of the newest placement decision, "" for none. */
    static String newest(RestCalls client, String graph) {
        return client.get(graph + "/decisions?kind=placement&limit=1")
                .path("items")
                .path(0)
                .path("id")
                .asText("");
    }

    static RecordedPlacements since(RestCalls client, String graph, String mark) {
        Map<String, Long> found = new LinkedHashMap<>();
        String cursor = "";
        do {
            JsonNode page = client.get(graph + "/decisions?kind=placement&limit=%d%s".formatted(PAGE, cursor));
            for (JsonNode decision : page.path("items")) {
                if (decision.path("id").asText().equals(mark)) {
                    return new RecordedPlacements(found);
                }
                if (decision.path("reason").asText().equals(REASON)) {
                    found.merge(strategy(decision), 1L, Long::sum);
                }
            }
            String next = page.path("nextCursor").asText("");
            cursor = page.path("nextCursor").isNull() || next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return new RecordedPlacements(found);
    }

    RecordedPlacements and(RecordedPlacements other) {
        Map<String, Long> both = new LinkedHashMap<>(byStrategy);
        other.byStrategy.forEach((strategy, count) -> both.merge(strategy, count, Long::sum));
        return new RecordedPlacements(both);
    }

    long by(String strategy) {
        return byStrategy.getOrDefault(strategy, 0L);
    }

    long total() {
        return byStrategy.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String strategy(JsonNode decision) {
        String name = StoryDecisions.strategy(decision);
        return decision.path("fallback").asBoolean() ? name + " as fallback" : name;
    }
}
