// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a server holds that an exchange of bundles could leave behind.
 *
 * @param classLoaders of bundles, after a collection of garbage
 * @param threads all of the process
 * @param processes that it has started
 */
record ServerInside(long classLoaders, long threads, long processes) {

    private static final String LOADER = "BundleWiringImpl$BundleClassLoader";

    static ServerInside of(ServerProcess server) throws IOException, InterruptedException {
        long loaders = loaders(server.processId());
        try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(server.processId())))) {
            return new ServerInside(loaders, threads.count(), processes(server));
        }
    }

    static long processes(ServerProcess server) {
        return ProcessHandle.of(server.processId()).orElseThrow().descendants().count();
    }

    private static long loaders(long process) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException(histogram);
        }
        return histogram
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(LOADER))
                .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]))
                .sum();
    }
}
