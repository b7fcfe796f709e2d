// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.testbed.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    @TempDir
    Path folder;

    @Test
    void whatWasStartedEndsWithTheTestBed() throws Exception {
        long pid;
        try (Processes processes = new Processes(folder)) {
            OsProcess sleep = processes.start("sleep", List.of("sleep", "300"), folder, Map.of());
            pid = sleep.pid();
            assertThat(Files.readString(folder.resolve("pids"))).isEqualTo(pid + " sleep\n");
            assertThat(alive(pid)).isTrue();
        }
        assertThat(alive(pid)).isFalse();
        assertThat(Files.readString(folder.resolve("pids"))).isEmpty();
    }

    @Test
    void whatWasStartedEndsWhenTheTestBedIsKilled() throws Throwable {
        Process orphan = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphan.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long child;
        try (BufferedReader output = orphan.inputReader()) {
            child = Long.parseLong(output.readLine());
            assertThat(alive(child)).isTrue();
        } finally {
            orphan.destroyForcibly().waitFor();
        }
        Eventually.holds(() -> assertThat(alive(child)).isFalse());
    }

    @Test
    void whatIsFrozenDoesNothingUntilItIsThawedAndEndsAllTheSame() throws Throwable {
        long pid;
        try (Processes processes = new Processes(folder)) {
            OsProcess sleep = processes.start("sleep", List.of("sleep", "300"), folder, Map.of());
            pid = sleep.pid();
            sleep.freeze();
            Eventually.holds(() -> assertThat(state(pid)).isEqualTo("T (stopped)"));
            sleep.thaw();
            Eventually.holds(() -> assertThat(state(pid)).isEqualTo("S (sleeping)"));
            sleep.freeze();
        }
        assertThat(alive(pid)).isFalse();
    }

    private static String state(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("State:"))
                    .map(line -> line.replaceFirst("State:\\s*", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aProgramThatEndsAtOnceTellsWhatItSaid() throws Exception {
        try (Processes processes = new Processes(folder)) {
            OsProcess failing =
                    processes.start("failing", List.of("sh", "-c", "echo no such flag; exit 3"), folder, Map.of());

            URI nobody = URI.create("http://127.0.0.1:" + FreePorts.free(1).get(0) + "/ready");
            assertThatThrownBy(() -> HttpProbe.create(nobody).await(failing, Duration.ofSeconds(20)))
                    .hasMessageContaining("failing ended at start")
                    .hasMessageContaining("no such flag");
        }
    }

    @Test
    void aProgramThatNeverAnswersIsNotWaitedForLongerThanAsked() throws Exception {
        try (Processes processes = new Processes(folder)) {
            OsProcess dumb = processes.start("dumb", List.of("sleep", "300"), folder, Map.of());

            URI nobody = URI.create("http://127.0.0.1:" + FreePorts.free(1).get(0) + "/ready");
            assertThatThrownBy(() -> HttpProbe.create(nobody).await(dumb, Duration.ofMillis(200)))
                    .hasMessageContaining("dumb is not ready")
                    .hasMessageContaining(nobody.toString());
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
