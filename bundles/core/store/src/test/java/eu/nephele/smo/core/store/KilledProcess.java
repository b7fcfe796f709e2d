// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program of the tests that works on a database in a process of its own, until it is killed. */
final class KilledProcess {

    private KilledProcess() {}

    /**
     * Returns when the program is gone, with SIGKILL and by nothing else.
     *
     * @param directory of the database, the one argument of the program
     * @param enough receives each line of its output, also those after the kill; returns whether to kill it now
     */
    static void run(Class<?> program, Path directory, Predicate<String> enough)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (enough.test(line)) {
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed").isEqualTo(137);
        } finally {
            process.toHandle().destroyForcibly();
        }
    }
}
