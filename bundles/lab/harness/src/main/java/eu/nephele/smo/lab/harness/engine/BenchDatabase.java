// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * @param postgres empty for the embedded database
 * @param data folder of the server, with the embedded database
 */
record BenchDatabase(Optional<Postgres> postgres, Path data) {

    private static final long MEGA = 1 << 20;
    private static final String EMBEDDED = ".mv.db";

    /** Processor time of a PostgreSQL of our own and of all its processes, ended ones included; 0 for one that is elsewhere or embedded. */
    long cpuMillis() throws IOException {
        OptionalLong process = postgres.isPresent() ? postgres.get().pid() : OptionalLong.empty();
        return process.isPresent() ? UsageReading.cpuMillisOfFamily(process.getAsLong()) : 0;
    }

    /** Returns the size of the database, and of the server's files beside it. */
    long megabytes() throws IOException {
        long stored = postgres.isPresent() ? postgres.get().bytes() : 0;
        return (stored + bytesOf(file -> true)) / MEGA;
    }

    /** Returns the size of the database without the files beside it. */
    double megabytesAlone() throws IOException {
        long stored = postgres.isPresent()
                ? postgres.get().bytes()
                : bytesOf(file -> file.getFileName().toString().endsWith(EMBEDDED));
        return NumberFormats.rounded(stored / (double) MEGA);
    }

    private long bytesOf(Predicate<Path> wanted) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
