// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Queries another Java process with the JDK's {@code jcmd}. */
final class Jcmd {

    private final String pid;

    Jcmd(long pid) {
        this.pid = Long.toString(pid);
    }

    /** @throws IOException when jcmd is missing or fails */
    String ask(String command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(program, pid, command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd %s %s: %s".formatted(pid, command, output));
        }
        return output;
    }
}
