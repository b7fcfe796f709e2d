// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs that call the server, each with an API key and rights of its own. */
final class BenchCallers {

    private static final int CALLERS = 20;

    private final ServerUnderTest server;

    BenchCallers(ServerUnderTest server) {
        this.server = server;
    }

    /** Makes their keys, and returns the tokens. */
    List<String> tokens() throws IOException, InterruptedException {
        List<String> made = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            made.add(create("bench-%02d".formatted(number)));
        }
        return made;
    }

    private String create(String name) throws IOException, InterruptedException {
        String token = server.post("/api/v1/keys", "{\"name\": \"%s\"}".formatted(name))
                .path("token")
                .asText();
        server.post("/api/v1/grants", "{\"subject\": \"key:%s\", \"role\": \"operator\"}".formatted(name));
        return token;
    }
}
