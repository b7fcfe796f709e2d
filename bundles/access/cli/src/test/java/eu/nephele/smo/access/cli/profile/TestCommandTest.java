// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.access.cli.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driven test of a service on this machine. */
class TestCommandTest {

    private static final long ANSWER_MILLIS = 20;

    @TempDir
    private Path folder;

    /** One worker that takes 20 ms for each answer cannot give more than 50 per second; a busy machine less. */
    @Test
    void theRateIsRaisedUntilTheServiceIsFull() throws IOException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(worker);
        server.createContext("/", exchange -> {
            try {
                Thread.sleep(ANSWER_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Path steps = folder.resolve("steps.csv");
        try {
            CommandLineRun run = CommandLineRun.of(
                    "profile",
                    "test",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "--from",
                    "10",
                    "--step-seconds",
                    "1",
                    "--max-seconds",
                    "60",
                    "--output",
                    steps.toString(),
                    "--json");
            JsonNode fit = new ObjectMapper().readTree(run.out());
            assertThat(fit.at("/profile/alpha").asDouble()).as(run.out()).isBetween(10.0, 52.0);
            assertThat(Files.readAllLines(steps)).hasSize(6).first().asString().startsWith("at,replicas,");
        } finally {
            server.stop(0);
            worker.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://192.0.2.1/", "http://[2001:db8::1]:80/", "ftp://127.0.0.1/", "127.0.0.1:80", "http:/x"})
    void loadGoesToThisMachineOnly(String url) {
        CommandLineRun run = CommandLineRun.of("profile", "test", url, "--max-seconds", "1", "--step-seconds", "1");
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--max-rate=30000", "--max-rate=1", "--max-seconds=601", "--step-seconds=0", "--replicas=0"})
    void rateAndTimeAreBounded(String option) {
        assertThat(CommandLineRun.of("profile", "test", "http://127.0.0.1:1/", option)
                        .status())
                .isEqualTo(64);
    }
}
