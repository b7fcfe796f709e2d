// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folder of a world of containers.
 *
 * @param path where it is
 * @param patience how long processes that name it may go on
 */
public record WorldFolder(Path path, Duration patience) {

    private static final long PAUSE_MILLIS = 50;

    /**
     * Deletes it when no process names it: monitors of containers that have ended clean up after them, by themselves.
     *
     * @throws IOException if it cannot be deleted after the patience either
     */
    public void deleteWhenQuiet() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (isUsed() && System.nanoTime() - begin < patience.toNanos()) {
            Thread.sleep(PAUSE_MILLIS);
        }
        while (true) {
            try {
                // who still names it may be an editor
                delete();
                return;
            } catch (IOException | UncheckedIOException changing) {
                if (System.nanoTime() - begin >= patience.toNanos()) {
                    throw new IOException("%s cannot be deleted".formatted(path), changing);
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean isUsed() {
        String place = path + "/";
        long own = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != own)
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.contains(place));
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
