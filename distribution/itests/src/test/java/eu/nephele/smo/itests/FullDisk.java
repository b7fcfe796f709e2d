// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import eu.nephele.smo.lab.harness.browser.BrowserPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Plays a full disk for a process, its children and whatever they start later: none of their files may become larger than this. Java
 * gets an IOException for each write beyond, after the part that still fits, as with a disk. Only the soft limit is set, so that it can
 * be raised again, by anybody.
 */
final class FullDisk {

    private static final String LINUX = "Linux";

    private final Path prlimit;
    private final ProcessHandle process;

    private FullDisk(Path prlimit, ProcessHandle process) {
        this.prlimit = prlimit;
        this.process = process;
    }

    /** A disk with room, below a process and its children. */
    static FullDisk below(ProcessHandle process) {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals(LINUX),
                "does not apply: only Linux sets a limit of a process that runs");
        return new FullDisk(
                BrowserPrograms.onPath("prlimit")
                        .orElseGet(() ->
                                Assertions.fail("NO prlimit: A FULL DISK IS NOT TESTED. apt-get install util-linux")),
                process);
    }

    /** Each file may be so large from now on. */
    void hasRoomFor(long bytes) throws IOException, InterruptedException {
        limit(Long.toString(bytes));
    }

    /** There is room again. */
    void hasRoom() throws IOException, InterruptedException {
        limit("unlimited");
    }

    private void limit(String bytes) throws IOException, InterruptedException {
        limit(process, bytes);
        // after the process: what it starts from now on has the limit already
        try (Stream<ProcessHandle> children = process.descendants()) {
            for (ProcessHandle child : children.toList()) {
                limit(child, bytes);
            }
        }
    }

    private void limit(ProcessHandle one, String bytes) throws IOException, InterruptedException {
        Process set = new ProcessBuilder(
                        List.of(prlimit.toString(), "--pid", Long.toString(one.pid()), "--fsize=" + bytes + ":"))
                .redirectErrorStream(true)
                .start();
        String said = new String(set.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (set.waitFor() != 0 && one.isAlive()) {
            throw new AssertionError("The limit of process %d cannot be set: %s".formatted(one.pid(), said));
        }
    }
}
