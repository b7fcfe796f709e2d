// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder for one run; a temporary one goes with it. */
record BenchFolder(Path path, boolean temporary) implements AutoCloseable {

    static BenchFolder create(@Nullable Path given) throws IOException {
        return given == null
                ? new BenchFolder(Files.createTempDirectory("smo-bench-audit"), true)
                : new BenchFolder(Files.createDirectories(given), false);
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            List<Path> all;
            try (Stream<Path> found = Files.walk(path)) {
                all = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}
