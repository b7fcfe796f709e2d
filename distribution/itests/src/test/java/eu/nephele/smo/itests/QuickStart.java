// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The class-data archive that a server of {@code ./smo} has, too: with it a server starts with less work, and some eighty are
 * started by these tests. The first test that needs it makes it, for all processes of the run.
 */
final class QuickStart {

    private static final long LIMIT_SECONDS = 180;
    private static final List<String> FLAGS = prepared();

    private QuickStart() {}

    /** For the command line of a server; none when there is no archive. */
    static List<String> flags() {
        return FLAGS;
    }

    /** Whatever goes wrong: servers start all the same, only later. */
    private static List<String> prepared() {
        try {
            return flagsOf(archive());
        } catch (IOException | UncheckedIOException failed) {
            System.err.printf("The quick start could not be prepared: %s%n", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private static Path archive() throws IOException, InterruptedException {
        Path archive = Distribution.workFile("smo.jsa");
        try (FileChannel file = FileChannel.open(lock(archive), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            if (held.isValid() && !Files.exists(archive)) {
                make(archive);
            }
        }
        return archive;
    }

    private static List<String> flagsOf(Path archive) {
        return Files.exists(archive)
                ? List.of(
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xshare:auto",
                        // Java says nothing where it cannot use the archive
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr")
                : List.of();
    }

    private static Path lock(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".lock");
    }

    /** Under another name until it is complete. */
    private static void make(Path archive) throws IOException, InterruptedException {
        Path home = Distribution.freshFolder("quick-start");
        Path draft = home.resolve("draft.jsa");
        Path said = home.resolve("said");
        List<String> command = new ArrayList<>(Distribution.serverCommand(
                // as the script of a checkout does it
                List.of("-Xnoclassgc", "-XX:ArchiveClassesAtExit=" + draft)));
        command.addAll(List.of("--port", "0", "--data", home.resolve("data").toString(), "--until-ready"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        boolean made;
        try {
            made = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
        if (made && Files.exists(draft)) {
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } else {
            System.err.printf("The quick start could not be prepared: %s%n", Files.readString(said));
        }
    }
}
