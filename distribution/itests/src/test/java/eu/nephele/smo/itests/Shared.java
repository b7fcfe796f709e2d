// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Published samples of others beside the repository; they are read there and never copied. */
final class Shared {

    private static final Path FOLDER =
            Path.of("../../../shared/data/hdag").toAbsolutePath().normalize();

    private Shared() {}

    /** The sample, where there is one; that they are missing is said loudly. */
    static Optional<Path> sample(String name) {
        Path file = FOLDER.resolve(name);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        System.err.printf(
                "%n*** ../shared/data/hdag/%s IS MISSING beside the repository: it is NOT tested here, only our own ***%n%n",
                name);
        return Optional.empty();
    }
}
