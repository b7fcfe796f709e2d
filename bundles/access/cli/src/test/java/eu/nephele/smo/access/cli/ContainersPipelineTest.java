// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long the step {@code update} of the example waits, by what the server says. The real server is in the integration tests. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainersPipelineTest {

    private static final Path STEPS =
            Path.of("../../../examples/containers/update.sh").toAbsolutePath();
    private static final String IMAGE = "registry.example/web:2";

    @TempDir
    Path folder;

    /** @param waitSeconds the whole test may take no longer than its timeout, so one of more says that it did not wait */
    private CommandLineRun update(String stats, int waitSeconds) throws Exception {
        Path said = Files.writeString(folder.resolve("stats.json"), stats);
        Path smo = Files.writeString(
                folder.resolve("smo"), "#!/bin/sh\n[ \"$2\" = update ] || cat '%s'\n".formatted(said));
        Files.setPosixFilePermissions(smo, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder steps = new ProcessBuilder("bash", STEPS.toString(), "update");
        steps.environment()
                .putAll(Map.of(
                        "SMO",
                        smo.toString(),
                        "SERVICE",
                        "web",
                        "IMAGE",
                        IMAGE,
                        "SMO_URL",
                        "http://127.0.0.1:1",
                        "SMO_TOKEN_FILE",
                        "/dev/null",
                        "WAIT_SECONDS",
                        Integer.toString(waitSeconds)));
        Process process = steps.redirectError(folder.resolve("err").toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandLineRun(process.waitFor(), out, Files.readString(folder.resolve("err")));
    }

    private static String stats(int count, String containers, String phase) {
        return """
                {"service_name":"web","container_count":%d,"min_replicas":0,"containers":[%s],"update":{"phase":"%s","image":"%s",\
                "from":"registry.example/web:1","ready":0,"total":1,"message":"not healthy"}}
                """.formatted(count, containers, phase, IMAGE);
    }

    private static String container(String image) {
        return "{\"id\":\"a\",\"health\":\"healthy\",\"image\":\"%s\"}".formatted(image);
    }

    @Test
    void whatFailedOrWasAbortedEndsAtOnce() throws Exception {
        for (String phase : new String[] {"failed", "aborted"}) {
            CommandLineRun run = update(stats(1, container("registry.example/web:1"), phase), 600);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("the update of web to " + IMAGE + " was taken back", "not healthy");
        }
    }

    @Test
    void aServiceAtZeroIsDoneWithItsUpdate() throws Exception {
        CommandLineRun run = update(stats(0, "", "done"), 600);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("web runs " + IMAGE);
    }

    @Test
    void untilThenItWaits() throws Exception {
        for (String stats : new String[] {
            stats(0, "", "running"), stats(2, container(IMAGE) + "," + container("registry.example/web:1"), "running")
        }) {
            CommandLineRun run = update(stats, 1);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("web does not run " + IMAGE + " alone");
        }
        assertThat(update(stats(1, container(IMAGE), "done"), 600).status()).isZero();
    }
}
