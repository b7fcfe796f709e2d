// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

record TestbedFolder(Path path, boolean temporary) {

    private static final String MARK = "pids";

    /** An earlier test bed's folder is emptied; anything else that is not empty is left alone. */
    static TestbedFolder from(Optional<Path> named) throws IOException {
        if (named.isEmpty()) {
            return new TestbedFolder(Files.createTempDirectory("smo-testbed-"), true);
        }
        Path path = named.get().toAbsolutePath();
        if (Files.exists(path.resolve(MARK))) {
            delete(path);
        }
        Files.createDirectories(path);
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "%s is neither empty nor the folder of an earlier test bed: name another one".formatted(path));
            }
        }
        return new TestbedFolder(path, false);
    }

    void end() throws IOException {
        if (temporary) {
            delete(path);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
