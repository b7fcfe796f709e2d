// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that only a restart repairs logs it, ends, is started again by its script, and works. */
@Timeout(600)
class SupervisedServerIT {

    private static final long LIMIT_SECONDS = 120;
    /** Promised are 2 s, on a quiet machine. */
    private static final long TRUTH_SECONDS = 10;

    private static final long LOOK_EVERY_MILLIS = 50;

    private static final int LARGE_GRAPHS = 80;
    private static final String ALERT_WITHOUT_A_GRAPH =
            "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"late\",\"service\":\"web\"}}]}";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final NativeApi api = new NativeApi(client, "f03");

    @Test
    void aDatabaseThatHasClosedItselfIsReportedTheProcessEndsAndTheNextOneIsRight() throws Exception {
        try (SupervisedServer server = SupervisedServer.start(port, data())) {
            long first = server.ready();
            api.deploy(graph("small", 1));
            Eventually.within(LIMIT_SECONDS, () -> api.graph("small"), SupervisedServerIT::runs);

            DatabaseCloser.closeIn(first);
            neverReadyUntilItEnds(first, System.nanoTime());
            long second = server.ready();

            assertThat(second).isNotEqualTo(first);
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            Eventually.within(LIMIT_SECONDS, () -> api.graph("small"), SupervisedServerIT::runs);
            assertThat(client.get("/health/ready").status()).isEqualTo(200);
            server.script().toHandle().destroy();
            assertThat(server.script().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.script().exitValue()).isZero();
            assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void largeDescriptorsDoNotAddUp() throws Exception {
        try (SupervisedServer server = SupervisedServer.start(port, data())) {
            long process = server.ready();
            for (int i = 0; i < LARGE_GRAPHS; i++) {
                api.deploy(graph("large-" + i, 90));
                assertThat(client.get("/health/ready").status()).isEqualTo(200);
            }
            RestClient.Answer list = client.get("/project/f03/graphs");
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.text().length()).isGreaterThan(LARGE_GRAPHS * 900_000);
            assertThat(client.get("/api/v1/projects/f03/graphs?limit=1000")
                            .json()
                            .path("items"))
                    .hasSize(LARGE_GRAPHS);
            assertThat(client.get("/api/v1/projects").status()).isEqualTo(200);
            assertThat(client.postJson("/alerts", ALERT_WITHOUT_A_GRAPH).status())
                    .isEqualTo(200);
            assertThat(client.get("/health/ready").status()).isEqualTo(200);
            assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isPresent();
        }
    }

    @Test
    void aServerThatEndsSoonAgainAndAgainIsGivenUpWithTheReason() throws Exception {
        Path java = fakeJava(70);
        try (SupervisedServer server =
                SupervisedServer.start(Map.of("JAVA_HOME", java.toString(), "SMO_RESTART_PAUSE_SECONDS", "0"))) {
            assertThat(server.script().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.script().exitValue()).isEqualTo(70);
            assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(5);
            assertThat(server.errorText())
                    .contains("has ended with status 70; it is started again")
                    .contains("has ended 5 times within 60 s of its start", "it is not started again");
        }
    }

    @Test
    void theScriptEndsAtOnceInThePauseBeforeARestart() throws Exception {
        Path java = fakeJava(70);
        try (SupervisedServer server =
                SupervisedServer.start(Map.of("JAVA_HOME", java.toString(), "SMO_RESTART_PAUSE_SECONDS", "600"))) {
            Process script = server.script();
            Eventually.within(30, () -> script.toHandle().children().toList(), children -> assertThat(children)
                    .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
            List<ProcessHandle> left = script.toHandle().descendants().toList();
            script.toHandle().destroy();
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).isEqualTo(70);
            Eventually.within(30, () -> left, all -> assertThat(all).noneMatch(ProcessHandle::isAlive));
            assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(1);
        }
    }

    @Test
    void whatARestartDoesNotMendIsNotStartedAgain() throws Exception {
        for (int status : List.of(0, 1, 2, 64)) {
            Path java = fakeJava(status);
            try (SupervisedServer server = SupervisedServer.start(Map.of("JAVA_HOME", java.toString()))) {
                assertThat(server.script().waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(server.script().exitValue()).isEqualTo(status);
                assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(1);
            }
        }
    }

    /** Told as not ready, or gone already: never "ready" with a database that does not work, from then on until the process ends. */
    private void neverReadyUntilItEnds(long process, long closedNanos) throws Exception {
        Optional<ProcessHandle> server = ProcessHandle.of(process);
        while (server.isPresent() && !endsWithin(server.get(), LOOK_EVERY_MILLIS)) {
            long sinceNanos = System.nanoTime() - closedNanos;
            assertThat(sinceNanos)
                    .as("nanoseconds that the server goes on with a database that does not work")
                    .isLessThan(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
            int status = readiness();
            // the answer of the next process, if this one has ended meanwhile
            if (status == 200 && server.get().isAlive()) {
                assertThat(sinceNanos)
                        .as("nanoseconds after which the server says that it is ready")
                        .isLessThan(TimeUnit.SECONDS.toNanos(TRUTH_SECONDS));
            }
        }
    }

    private static boolean endsWithin(ProcessHandle process, long millis) throws Exception {
        try {
            process.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException alive) {
            return !process.isAlive();
        }
    }

    private int readiness() throws InterruptedException {
        try {
            return client.get("/health/ready").status();
        } catch (ConnectException gone) {
            return 0;
        } catch (IOException cut) {
            return 0;
        }
    }

    private static void runs(JsonNode graph) {
        assertThat(graph.path("phase").asText()).isEqualTo("RUNNING");
    }

    private static Path data() {
        return Distribution.freshFolder("data");
    }

    /** @param notes of 10,000 characters in its values */
    private static String graph(String name, int notes) {
        List<String> texts = Collections.nCopies(notes, "\"" + "x".repeat(10_000) + "\"");
        return """
                {"hdaGraph": {"id": "%1$s", "services": [{"id": "%1$s",
                  "deployment": {"trigger": {"auto": {}}, "intent": {"compute": {"cpu": "light", "ram": "light", "storage": "small", "gpu": {"enabled": false}}}},
                  "artifact": {"ociImage": "oci://registry.example/demo/x", "ociConfig": {"type": "App", "implementer": "HELM"},
                    "valuesOverwrite": {"notes": [%2$s]}}}]}}
                """.formatted(name, String.join(",", texts));
    }

    /** A Java that says that it is one, notes each start and ends with a status. */
    private static Path fakeJava(int status) throws IOException {
        Path folder = Distribution.freshFolder("java");
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/usr/bin/env bash
                if [[ " $* " == *" -version "* ]]; then echo 'openjdk version "17.0.1"' >&2; exit 0; fi
                echo start >>"%s"
                exit %d
                """.formatted(folder.resolve("starts"), status));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
