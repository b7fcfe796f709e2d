// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that nothing but a restart mends says so, ends, is started again by its script, and is right (F-03). */
@Timeout(600)
class SupervisedServerIT {

    private static final JsonMapper JSON = new JsonMapper();
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
    private final Path home = Distribution.freshFolder("home");

    @Test
    void aDatabaseThatHasClosedItselfIsToldTheProcessEndsAndTheNextOneIsRight() throws Exception {
        Process script = script(Map.of(), "--json", "--port", Integer.toString(port), "--data", data().toString());
        try (BufferedReader output = output(script)) {
            long first = ready(output);
            api.deploy(graph("small", 1));
            Eventually.within(LIMIT_SECONDS, () -> api.graph("small"), SupervisedServerIT::runs);

            DatabaseCloser.closeIn(first);
            neverReadyUntilItEnds(first, System.nanoTime());
            long second = ready(output);

            assertThat(second).isNotEqualTo(first);
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            Eventually.within(LIMIT_SECONDS, () -> api.graph("small"), SupervisedServerIT::runs);
            assertThat(client.get("/health/ready").status()).isEqualTo(200);
            script.toHandle().destroy();
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).isZero();
            assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
        } finally {
            end(script);
        }
    }

    @Test
    void largeDescriptorsDoNotAddUp() throws Exception {
        Process script = script(Map.of(), "--json", "--port", Integer.toString(port), "--data", data().toString());
        try (BufferedReader output = output(script)) {
            long process = ready(output);
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
        } finally {
            end(script);
        }
    }

    @Test
    void aServerThatEndsSoonAgainAndAgainIsGivenUpWithTheReason() throws Exception {
        Path java = fakeJava(70);
        Process script = script(Map.of("JAVA_HOME", java.toString(), "SMO_RESTART_PAUSE_SECONDS", "0"));
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isEqualTo(70);
        assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(5);
        assertThat(Files.readString(home.resolve("stderr")))
                .contains("has ended with status 70; it is started again")
                .contains("has ended 5 times within 60 s of its start", "it is not started again");
    }

    @Test
    void whoEndsTheScriptInThePauseBeforeARestartWaitsForNothing() throws Exception {
        Path java = fakeJava(70);
        Process script = script(Map.of("JAVA_HOME", java.toString(), "SMO_RESTART_PAUSE_SECONDS", "600"));
        try {
            Eventually.within(30, () -> script.toHandle().children().toList(), children -> assertThat(children)
                    .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
            List<ProcessHandle> left = script.toHandle().descendants().toList();
            script.toHandle().destroy();
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).isEqualTo(70);
            Eventually.within(30, () -> left, all -> assertThat(all).noneMatch(ProcessHandle::isAlive));
            assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(1);
        } finally {
            end(script);
        }
    }

    @Test
    void whatARestartDoesNotMendIsNotStartedAgain() throws Exception {
        for (int status : List.of(0, 1, 2, 64)) {
            Path java = fakeJava(status);
            Process script = script(Map.of("JAVA_HOME", java.toString()));
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).isEqualTo(status);
            assertThat(Files.readAllLines(java.resolve("starts"))).hasSize(1);
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

    private Process script(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", Distribution.HOME.resolve("smo").toString(), "server"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static BufferedReader output(Process script) {
        return new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Reads up to the next "ready"; gives the process that said it. */
    private long ready(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().equals("ready")) {
                return event.path("process").asLong();
            }
        }
        throw new AssertionError("The server was never ready: " + Files.readString(home.resolve("stderr")));
    }

    private static void end(Process script) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(script.descendants().toList());
        script.toHandle().destroy();
        if (!script.waitFor(40, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
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
