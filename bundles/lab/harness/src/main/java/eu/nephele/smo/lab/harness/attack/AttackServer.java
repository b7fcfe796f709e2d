// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The server under attack, and what an honest operator does there. */
record AttackServer(ServerUnderTest rest) implements AutoCloseable {

    /** The graph of an honest user. */
    static final String WITNESS = "witness";

    static final String WITNESS_PLUGIN = "attack.witness";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static AttackServer start(List<String> command, Path folder) throws IOException, InterruptedException {
        return new AttackServer(ServerUnderTest.start(command, folder, PATIENCE));
    }

    AttackTarget target(int number) {
        return new AttackTarget(number, rest.url().getAuthority(), rest.token());
    }

    void deploy(String graph) throws IOException, InterruptedException {
        rest.post(AttackTarget.GRAPHS + "?wait=60", NumberAttack.descriptor(graph, "", ""));
    }

    /** Installs a valid plugin, which proves that the others are refused for their additions. */
    void install(String plugin) throws IOException, InterruptedException {
        JsonNode operation = rest.json(rest.request("/api/v1/plugins?wait=60")
                .header("Content-Type", "application/java-archive")
                .POST(BodyPublishers.ofByteArray(new HostilePluginJar(plugin).bytes()))
                .build());
        if (!operation.path("state").asText().equals("SUCCEEDED")) {
            throw new IOException("A valid plugin is not installed: " + operation);
        }
    }

    @Override
    public void close() {
        rest.close();
    }
}
