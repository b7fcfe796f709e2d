// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADR 0045: what a person needs who looks for a cause, with flame graphs of a real recording. */
class DiagnoseCommandTest {

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final String PROFILE = "/api/v1/runtime/profile";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private volatile double sum;

    @BeforeEach
    void answers() {
        server.on("GET /api/v1/version", "{\"version\":\"0.1.0\"}")
                .on("GET /health", "{\"status\":\"UP\"}")
                .on("GET /api/v1/runtime", "{\"uptimeSeconds\":1}")
                .on("GET /metrics", "smo_engine_services 3.0\n")
                .on("GET /api/v1/defaults", "{\"items\":[]}")
                .on("GET /api/v1/strategies", "{\"items\":[]}")
                .on("GET /api/v1/plugins", "{\"items\":[]}")
                .on("GET /api/v1/operations", "{\"items\":[]}");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void withoutAProfileTheServerIsOnlyRead() throws IOException {
        CommandLineRun run = run("--output", folder.resolve("new").toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(folder.resolve("new")))
                .containsExactly(
                        "defaults.json",
                        "health.json",
                        "metrics.txt",
                        "operations.json",
                        "plugins.json",
                        "runtime.json",
                        "strategies.json",
                        "version.json");
        assertThat(folder.resolve("new/metrics.txt")).hasContent("smo_engine_services 3.0");
        assertThat(server.calls()).allSatisfy(call -> assertThat(call.method()).isEqualTo("GET"));
    }

    @Test
    void theServerMakesTheArchive() throws IOException {
        server.bytes("POST /api/v1/runtime/diagnosis", "an archive".getBytes(StandardCharsets.UTF_8));
        Path archive = folder.resolve("a.zip");

        CommandLineRun run = run("--archive", archive.toString(), "--jfr", "2s");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(archive).hasContent("an archive");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(run.out()).contains("a.zip");
        assertThat(run("--archive", archive.toString()).err()).contains("exists");
        assertThat(run("--jfr", "0s", "--archive", folder.resolve("b.zip").toString())
                        .err())
                .contains("--jfr is '0s'");
    }

    @Test
    void aRefusalLeavesNoArchive() {
        Path archive = folder.resolve("a.zip");

        CommandLineRun run = run("--archive", archive.toString());

        assertThat(run.status()).isNotZero();
        assertThat(archive).doesNotExist();
    }

    @Test
    void aServerThatDoesNotAnswerIsLookedAtFromOutside() throws IOException {
        server.close();
        Path data = Files.createDirectories(folder.resolve("data/log"));
        Files.writeString(data.resolve("smo.log"), "{\"level\":\"ERROR\",\"message\":\"password=s3cr3t disk full\"}\n");
        Path archive = folder.resolve("a.zip");

        CommandLineRun run =
                run("--archive", archive.toString(), "--data", data.getParent().toString());

        assertThat(run.status()).as(run.err()).isEqualTo(1);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("why.txt", "files.txt", "log.txt", "process.txt");
            assertThat(text(zip, "why.txt")).contains("cannot be reached");
            assertThat(text(zip, "files.txt")).contains("log/smo.log");
            assertThat(text(zip, "log.txt")).contains("disk full", "***").doesNotContain("s3cr3t");
        }
        assertThat(run(
                                "--archive",
                                folder.resolve("b.zip").toString(),
                                "--data",
                                folder.resolve("no").toString())
                        .err())
                .contains("There is no data folder");
    }

    @Test
    void theProcessOfAServerIsAskedForItsThreads() throws IOException {
        Path archive = folder.resolve("a.zip");

        new LocalDiagnosis(folder, Optional.of(ProcessHandle.current().pid())).write(archive, List.of("hangs"));

        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(text(zip, "threads.txt")).contains("DiagnoseCommandTest");
            assertThat(text(zip, "heap.txt")).contains("used");
            assertThat(text(zip, "log.txt")).contains("cannot be read");
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aProfileBecomesFlameGraphs() throws Exception {
        server.bytes("POST " + PROFILE, recorded());

        CommandLineRun run =
                run("--profile", "2s", "--output", folder.resolve("new").toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(folder.resolve("new"))).contains("profile.jfr", "processor.html", "allocation.html");
        assertThat(folder.resolve("new/processor.html"))
                .content()
                .contains("Processor time in 2 s", "busy-N", "DiagnoseCommandTest.compute");
        assertThat(folder.resolve("new/allocation.html")).content().contains("Allocated memory in 2 s", " MB");
        assertThat(server.calls("POST", PROFILE)).hasSize(1);
    }

    @Test
    void aRefusalIsToldAndLeavesNoRecording() throws IOException {
        server.reply("POST " + PROFILE, 401, "{\"status\":401,\"detail\":\"it needs the administrator's token\"}");

        CommandLineRun run = run("--profile", "30s", "--output", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("answered 401: it needs the administrator's token");
        assertThat(names(folder)).contains("version.json").doesNotContain("profile.jfr", "processor.html");
    }

    @Test
    void aServerInTroubleIsReadAsFarAsItAnswers() throws IOException {
        server.instead("GET /health").reply("GET /health", 503, "{\"status\":\"DOWN\"}");
        server.instead("GET /api/v1/plugins")
                .reply("GET /api/v1/plugins", 503, "{\"status\":503,\"detail\":\"it is away\"}");

        CommandLineRun run = run("--output", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("GET /api/v1/plugins answered 503: it is away");
        assertThat(folder.resolve("health.json")).hasContent("{\"status\":\"DOWN\"}");
        assertThat(folder.resolve("operations.json")).exists();
    }

    @Test
    void aFolderThatIsInUseAndASpanThatIsNoneAreWrongUsage() throws IOException {
        Files.writeString(folder.resolve("mine"), "");
        assertThat(run("--output", folder.toString()).status()).isEqualTo(64);
        for (String span : List.of("0", "121", "3m", "1h", "-1", "x")) {
            assertThat(run(
                                    "--profile=" + span,
                                    "--output",
                                    folder.resolve("new").toString())
                            .status())
                    .as(span)
                    .isEqualTo(64);
        }
        assertThat(server.calls()).isEmpty();
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("diagnose", "--url", server.uri().toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** As a server records. */
    private byte[] recorded() throws Exception {
        Thread busy = new Thread(this::compute, "busy-7");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording
                    .enable("jdk.ObjectAllocationSample")
                    .with("throttle", "300/s")
                    .withStackTrace();
            recording.start();
            busy.start();
            busy.join();
            recording.stop();
            Path file = folder.resolve("recorded.jfr");
            recording.dump(file);
            assertThat(sum).isNotZero();
            return Files.readAllBytes(file);
        }
    }

    /** Until it has used a second of the processor. */
    private void compute() {
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < BUSY.toNanos()) {
            double[] parts = new double[10_000];
            for (int i = 1; i < parts.length; i++) {
                parts[i] = parts[i - 1] + Math.sin(i) / i;
            }
            sum = parts[parts.length - 1];
        }
    }
}
