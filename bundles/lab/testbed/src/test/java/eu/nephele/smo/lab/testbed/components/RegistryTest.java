// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.lab.testbed.Needs;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needs() {
        Needs.programs("docker-registry");
    }

    @Test
    void aGuardedRegistryWantsItsPassword() throws Exception {
        try (Processes processes = new Processes(folder)) {
            Registry registry = Registry.startGuarded(folder.resolve("r"), Binaries.ofThisMachine(), processes);

            assertThat(ask(registry.url(), "")).isEqualTo(401);
            assertThat(ask(registry.url(), Registry.USER + ":wrong")).isEqualTo(401);
            assertThat(ask(registry.url(), Registry.USER + ":" + Registry.PASSWORD))
                    .isEqualTo(200);
        }
    }

    @Test
    void anOpenRegistryAsksNobody() throws Exception {
        try (Processes processes = new Processes(folder)) {
            Registry registry = Registry.start(folder.resolve("r"), Binaries.ofThisMachine(), processes);

            assertThat(ask(registry.url(), "")).isEqualTo(200);
        }
    }

    @Test
    void aRegistryThatWasTakenAwayComesBackAtTheSameAddress() throws Exception {
        try (Processes processes = new Processes(folder)) {
            Registry registry = Registry.start(folder.resolve("r"), Binaries.ofThisMachine(), processes);
            URI before = registry.url();

            registry.kill();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> ask(before, ""));
            registry.startAgain();
            registry.startAgain();

            assertThat(registry.url()).isEqualTo(before);
            assertThat(ask(before, "")).isEqualTo(200);
        }
    }

    private static int ask(URI registry, String login) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(registry.resolve("/v2/"));
        if (!login.isEmpty()) {
            String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + encoded);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
