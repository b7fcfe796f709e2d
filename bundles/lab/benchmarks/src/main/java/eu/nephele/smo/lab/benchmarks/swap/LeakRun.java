// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.swap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Many changes of plugins, each with decisions by the new version, and what the process holds before and after. */
public final class LeakRun {

    /** Few: what the database keeps in memory of decisions is no leak, but grows until its cache is full. */
    private static final int PER_SECOND = 20;

    private static final int MOST_SECONDS = 3_600;
    private static final int CHANGES_PER_ROUND = 3;
    /** What is made once and kept is made by then. */
    private static final int FIRST_CHANGES = 100;

    private final SwapOptions options;
    private final Path folder;
    private final PrintStream progress;

    /**
     * @param folder for data and logs, empty
     * @param progress what happens, for people
     */
    public LeakRun(SwapOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /** @throws IOException when the server does not start, or a version never decides */
    public LeakResult run() throws IOException, InterruptedException {
        Path workshop = Files.createDirectories(folder.resolve("data/tmp-jars"));
        try (SwapServer server = SwapServer.start(options.server(), folder)) {
            List<Swapped> plugins =
                    List.of(new Swapped(server, workshop, "swap-a"), new Swapped(server, workshop, "swap-b"));
            for (Swapped plugin : plugins) {
                plugin.install();
            }
            int first = Math.min(FIRST_CHANGES, Math.max(CHANGES_PER_ROUND, options.leaks() / 2));
            change(server, plugins, first);
            JsonNode before = server.get("/swap/process");
            int changed = first;
            while (changed < options.leaks()) {
                int some = Math.min(FIRST_CHANGES, options.leaks() - changed);
                changed += change(server, plugins, some);
                progress.printf("%d of %d changes%n", changed, options.leaks());
            }
            return LeakResult.of(first, changed, before, server.get("/swap/process"));
        }
    }

    /** @return how many there were: whole rounds */
    private static int change(SwapServer server, List<Swapped> plugins, int least)
            throws IOException, InterruptedException {
        server.post(
                "/swap/begin?plugins=swap-a,swap-b&perSecond=%d&seconds=%d&threads=4"
                        .formatted(PER_SECOND, MOST_SECONDS),
                "");
        int changed = 0;
        for (int round = 0; changed < least; round++) {
            Swapped one = plugins.get(round % 2);
            Swapped other = plugins.get((round + 1) % 2);
            one.beside();
            other.update();
            other.removeAndInstall();
            changed += CHANGES_PER_ROUND;
        }
        server.post("/swap/end", "");
        return changed;
    }
}
