// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A container of the service, as the interface tells it.
 *
 * @param id whole
 * @param name one that begins with {@code spare.} records its service on a server where none of its containers run
 * @param server its name
 * @param state of the engine
 * @param health whether it is well, in the word of the interface
 */
record SeenContainer(String id, String name, String server, String image, String state, String health) {

    private static final int SHORT_ID = 12;

    static SeenContainer read(JsonNode container) {
        return new SeenContainer(
                container.path("id").asText(),
                container.path("names").path(0).asText().replaceFirst("^/", ""),
                container.path("server").asText(),
                container.path("image").asText(),
                container.path("status").asText(),
                container.path("health").asText());
    }

    /** What it calls itself, too. */
    String shortId() {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    boolean serves() {
        return state.equals("running") && health.equals("healthy");
    }

    boolean isSpare() {
        return name.startsWith("spare.");
    }

    @Override
    public String toString() {
        return "%s on %s (%s)".formatted(shortId(), server, state.equals("running") ? told(health) : state);
    }

    private static String told(String health) {
        return health.equals("unknown") ? "starting" : health;
    }
}
