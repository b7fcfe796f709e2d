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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needs() {
        Needs.programs("haproxy");
    }

    @Test
    void oneThatWasKilledComesBackByItsConfiguration() throws Exception {
        int port = FreePorts.free(1).get(0);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 1s
                  timeout server 1s
                frontend f
                  bind 127.0.0.1:%d
                  http-request return status 204
                """.formatted(port));
        URI address = URI.create("http://127.0.0.1:%d/".formatted(port));
        try (Processes processes = new Processes(folder)) {
            Haproxy haproxy = Haproxy.start(file, folder.resolve("h"), Binaries.ofThisMachine(), processes);
            assertThat(ask(address)).isEqualTo(204);

            haproxy.kill();
            awaitEnd(address);
            haproxy.startAgain();
            haproxy.startAgain();

            assertThat(ask(address)).isEqualTo(204);
        }
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> ask(address));
    }

    @Test
    void aWrongConfigurationIsToldWithItsReason() throws Exception {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), "nonsense\n");
        try (Processes processes = new Processes(folder)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Haproxy.start(file, folder.resolve("h"), Binaries.ofThisMachine(), processes))
                    .withMessageContaining("nonsense");
        }
    }

    /** The worker notices a moment later that its master is gone. */
    private static void awaitEnd(URI address) throws IOException, InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() - end < 0) {
            try {
                ask(address);
            } catch (ConnectException gone) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the worker goes on");
    }

    private static int ask(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
