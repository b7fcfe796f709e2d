// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {

    @TempDir
    Path folder;

    @Test
    void anotherProcessIsNamedUntilItEndsHoweverItEnds() throws Exception {
        Path file = folder.resolve("haproxy.cfg");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (BufferedReader said = other.inputReader();
                WriterLock lock = new WriterLock("lb", file)) {
            assertThat(said.readLine())
                    .as(Files.readString(folder.resolve("errors")))
                    .isEqualTo("held");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> lock.hold("here"))
                        .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(Kind.CONFLICT))
                        .hasMessageContaining("installation elsewhere, process " + other.pid());
            }

            other.destroyForcibly().waitFor();
            lock.hold("here");
            lock.hold("here");

            assertThat(folder.resolve("haproxy.cfg.writer")).content().startsWith("installation here, ");
        } finally {
            other.destroyForcibly();
        }
    }
}
