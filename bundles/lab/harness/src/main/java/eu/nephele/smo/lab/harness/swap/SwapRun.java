// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Requests decisions for many graphs continuously. Each second one plugin gets a version beside it, and another one a new
 * content, after which that one is removed and added again; the next second the other way round.
 */
public final class SwapRun {

    /** Of calls to the server: the recorded decisions of a run are many. */
    static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_WARM_UP_SECONDS = 10;
    private static final int SPARE_SECONDS = 60;

    private final SwapOptions options;
    private final Path folder;
    private final PrintStream progress;

    public SwapRun(SwapOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /** @throws IOException when the server does not start, or a version never decides */
    public SwapResult run() throws IOException, InterruptedException {
        Path workshop = Files.createDirectories(folder.resolve("data/tmp-jars"));
        try (ServerUnderTest server = ServerUnderTest.start(options.server(), folder, TIMEOUT, "--profile", "swap")) {
            List<SwappedPlugin> plugins = List.of(
                    new SwappedPlugin(server, workshop, "swap-a"), new SwappedPlugin(server, workshop, "swap-b"));
            for (SwappedPlugin plugin : plugins) {
                plugin.install();
            }
            progress.println("warming up");
            int warmUp = Math.min(LONGEST_WARM_UP_SECONDS, options.seconds());
            begin(server, warmUp);
            rounds(plugins, warmUp / 2);
            server.post("/swap/end", "");
            List<Integer> before =
                    plugins.stream().map(plugin -> plugin.swaps().size()).toList();
            progress.printf("%d s of decisions and changes%n", options.seconds());
            begin(server, options.seconds());
            rounds(plugins, options.seconds());
            progress.println("reading what was recorded");
            return SwapResult.of(
                    server.post("/swap/end", ""),
                    Stream.of(0, 1)
                            .flatMap(i -> plugins.get(i).swaps().stream().skip(before.get(i)))
                            .toList());
        }
    }

    private void begin(ServerUnderTest server, int seconds) throws IOException, InterruptedException {
        server.post(
                "/swap/begin?plugins=swap-a,swap-b&perSecond=%d&seconds=%d"
                        .formatted(options.perSecond(), seconds + SPARE_SECONDS),
                "");
    }

    /** Each round takes a second, or longer when the server is slower than that. */
    private static void rounds(List<SwappedPlugin> plugins, int seconds) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long due = begin;
        for (int round = 0; System.nanoTime() < end; round++) {
            SwappedPlugin one = plugins.get(round % 2);
            SwappedPlugin other = plugins.get((round + 1) % 2);
            one.beside();
            other.update();
            other.removeAndInstall();
            due += ROUND_NANOS;
            long left = due - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            } else {
                due = System.nanoTime();
            }
        }
    }
}
