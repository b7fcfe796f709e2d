// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Start, readiness and end of the server as a person meets them. */
class LauncherIT {

    /** A start or an end takes a second or two, on a busy machine many. */
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void aServerSaysThatItIsReadyAndEndsWithZeroOnSigterm() throws Exception {
        Path data = Distribution.freshFolder("data");
        Map<Path, Long> installed = listing(Distribution.HOME);
        try (ServerProcess server = ServerProcess.start("--json", "--port", "0", "--data", data.toString())) {
            JsonNode ready = server.awaitEvent("ready");
            int port = ready.path("port").asInt();
            assertThat(port).isPositive();
            assertThat(ready.path("url").asText()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(ready.path("startupMillis").asLong()).isPositive();
            assertThat(status(port, "/health/ready")).isEqualTo(200);
            assertThat(status(port, "/health/live")).isEqualTo(200);

            Path file = server.userHome().resolve(".smo/servers/" + port + ".json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            JsonNode description = new JsonMapper().readTree(file.toFile());
            assertThat(description.path("process").asLong()).isEqualTo(server.processId());
            assertThat(description.path("tokenFile").asText())
                    .isEqualTo(data.resolve("etc/admin.token").toString());

            server.terminate();
            assertThat(server.exitCode(PATIENCE_SECONDS)).isZero();
            assertThat(server.remainingOutput()).contains("\"stopping\"", "\"stopped\"");
            assertThat(file).doesNotExist();
        }
        assertThat(listing(Distribution.HOME)).as("the installation").isEqualTo(installed);
    }

    @Test
    void aSecondServerOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
        int port = Distribution.freePort();
        Path data = Distribution.freshFolder("data");
        try (ServerProcess first = ServerProcess.ready(port, data);
                ServerProcess second = ServerProcess.start(
                        "--port", Integer.toString(Distribution.freePort()), "--data", data.toString())) {
            assertThat(second.exitCode(PATIENCE_SECONDS)).isEqualTo(2);
            assertThat(second.errorText()).hasLineCount(1).contains(data.toString(), "--data");
            assertThat(status(port, "/health/ready")).isEqualTo(200);
            assertThat(first.userHome()).isDirectory();
        }
    }

    @Test
    void aBusyPortIsOneClearLineAndExitCodeTwo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.start(
                        "--port",
                        Integer.toString(taken.getLocalPort()),
                        "--data",
                        Distribution.freshFolder("data").toString())) {
            assertThat(server.exitCode(PATIENCE_SECONDS)).isEqualTo(2);
            assertThat(server.errorText())
                    .hasLineCount(1)
                    .contains("Port " + taken.getLocalPort(), "not free", "--port N");
        }
    }

    @Test
    void anUnknownProfileIsAnsweredWithTheNamesThatThereAre() throws Exception {
        try (ServerProcess server = ServerProcess.start("--profile", "moon")) {
            assertThat(server.exitCode(PATIENCE_SECONDS)).isEqualTo(64);
            assertThat(server.errorText()).hasLineCount(1).contains("'moon'", "sim");
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Map<Path, Long> listing(Path folder) throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                files.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }
}
