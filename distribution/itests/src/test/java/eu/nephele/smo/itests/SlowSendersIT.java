// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Regression: 250 clients that sent a body byte by byte held all threads; every path, health included, hung until they closed.
 */
class SlowSendersIT {

    private static final int SENDERS = 250;

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final List<Socket> senders = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket sender : senders) {
            sender.close();
        }
    }

    @Test
    void everybodyElseIsAnsweredMeanwhile() throws Exception {
        Settings settings = Settings.fresh()
                .world(new int[] {100})
                .with("eu.nephele.smo.access.front", "bodySeconds=3600", "minBytesPerSecond=0");
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            for (int i = 0; i < SENDERS; i++) {
                begin();
            }
            sendAByteEach();

            for (String path : List.of("/health/live", "/health/ready", "/health", "/metrics", "/api/v1/clusters")) {
                assertThat(client.get(path).status()).as(path).isEqualTo(200);
            }
            RestClient.Answer deployed = client.postJson(
                    "/api/v1/projects/slow/graphs", Descriptors.graph("beside", Descriptors.service("beside-web")));
            assertThat(deployed.status()).as(deployed.text()).isIn(200, 202);

            sendAByteEach();
            for (Socket sender : senders) {
                assertThat(sender.getInputStream().available())
                        .as("nobody was answered or cut off")
                        .isZero();
            }
        }
    }

    private void begin() throws IOException {
        Socket sender = new Socket(InetAddress.getLoopbackAddress(), port);
        senders.add(sender);
        sender.getOutputStream().write("""
                        POST /api/v1/projects/slow/graphs HTTP/1.1\r
                        Host: 127.0.0.1:%d\r
                        Content-Type: application/json\r
                        Content-Length: 1000\r
                        \r
                        """.formatted(port).getBytes(StandardCharsets.US_ASCII));
    }

    private void sendAByteEach() throws IOException {
        for (Socket sender : senders) {
            sender.getOutputStream().write(' ');
        }
    }
}
