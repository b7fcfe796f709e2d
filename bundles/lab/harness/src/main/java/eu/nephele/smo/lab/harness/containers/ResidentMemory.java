// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes that is in the machine. */
final class ResidentMemory {

    private static final int KILO = 1024;

    private ResidentMemory() {}

    /** @throws IOException when there is no such process */
    static long kilobytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .orElseThrow(() -> new IOException("Process %d has ended".formatted(pid)));
    }

    static long megabytes(long kilobytes) {
        return Math.round(kilobytes / (double) KILO);
    }
}
