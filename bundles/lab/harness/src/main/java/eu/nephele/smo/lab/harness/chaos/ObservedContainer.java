// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A container as its engine knows it.
 *
 * @param server address of the server
 * @param service "" when it has no label of one
 * @param state word of the engine
 * @param hostPort published port, 0 without one
 */
record ObservedContainer(
        String id, String server, String name, String service, String image, String state, int hostPort, Instant made) {

    private static final String SERVICE = "smo.nephele.eu/service";
    private static final String SPARE = "spare.";

    /** @param listed as {@code podman ps --format json} writes it */
    static ObservedContainer from(String server, JsonNode listed) {
        return new ObservedContainer(
                listed.path("Id").asText(),
                server,
                listed.path("Names").path(0).asText(),
                listed.path("Labels").path(SERVICE).asText(),
                listed.path("Image").asText(),
                listed.path("State").asText(),
                listed.path("Ports").path(0).path("host_port").asInt(),
                Instant.ofEpochSecond(listed.path("Created").asLong()));
    }

    boolean isRunning() {
        return state.equals("running");
    }

    /** Whether it stands by, so that it is no replica. */
    boolean isSpare() {
        return name.startsWith(SPARE);
    }

    String place() {
        return "%s:%d".formatted(server, hostPort);
    }

    @Override
    public String toString() {
        return "%s %s on %s (%s, %s)".formatted(name, state, server, image, made);
    }
}
