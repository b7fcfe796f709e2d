// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.Postgres;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many changes of plugins, each with decisions by the new version, and the memory of the process before and after. */
public final class LeakRun {

    /** A low rate: the cache of the database for decisions is no leak, but grows until it is full. */
    private static final int PER_SECOND = 20;

    private static final int MOST_SECONDS = 3_600;
    private static final int CHANGES_PER_ROUND = 3;
    /** Changes after which all one-time objects exist. */
    private static final int FIRST_CHANGES = 100;

    private static final int LOOK_SECONDS = 10;
    private static final int QUIET_LOOKS = 5;

    private static final double QUIET = 0.0005;
    private static final int LONGEST_REST_SECONDS = 180;

    private final SwapOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final boolean patient;

    /**
     * @param patient whether to measure the process only after a while at rest, and with its database in a process of
     *     its own: without that, the size of the heap says little
     */
    public LeakRun(SwapOptions options, Path folder, PrintStream progress, boolean patient) {
        this.patient = patient;
        this.options = options;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /** @throws IOException when the server does not start, or a version never decides */
    public LeakResult run() throws IOException, InterruptedException {
        if (!patient) {
            return measured();
        }
        // with the embedded database the heap would grow with the recorded decisions
        try (Postgres postgres = Postgres.start()) {
            Path etc = Files.createDirectories(folder.resolve("data/etc"));
            Files.writeString(
                    etc.resolve("eu.nephele.smo.core.store.cfg"),
                    postgres.newSchema(folder.resolve("database.password")));
            return measured();
        }
    }

    private LeakResult measured() throws IOException, InterruptedException {
        Path workshop = Files.createDirectories(folder.resolve("data/tmp-jars"));
        try (ServerUnderTest server =
                ServerUnderTest.start(compact(options.server()), folder, SwapRun.TIMEOUT, "--profile", "swap")) {
            List<SwappedPlugin> plugins = List.of(
                    new SwappedPlugin(server, workshop, "swap-a"), new SwappedPlugin(server, workshop, "swap-b"));
            for (SwappedPlugin plugin : plugins) {
                plugin.install();
            }
            int first = Math.min(FIRST_CHANGES, Math.max(CHANGES_PER_ROUND, options.leaks() / 2));
            change(server, plugins, first);
            JsonNode before = atRest(server);
            int changed = first;
            while (changed < options.leaks()) {
                int some = Math.min(FIRST_CHANGES, options.leaks() - changed);
                changed += change(server, plugins, some);
                progress.printf("%d of %d changes%n", changed, options.leaks());
            }
            return LeakResult.create(first, changed, before, atRest(server));
        }
    }

    /** Returns the resources of the process at rest: pools of threads and caches have shrunk by then. */
    private JsonNode atRest(ServerUnderTest server) throws IOException, InterruptedException {
        JsonNode seen = server.get("/swap/process");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_REST_SECONDS);
        for (int quiet = 0; patient && quiet < QUIET_LOOKS && System.nanoTime() < end; ) {
            TimeUnit.SECONDS.sleep(LOOK_SECONDS);
            JsonNode now = server.get("/swap/process");
            double change = Math.abs(1.0
                            * now.path("liveBytes").asLong()
                            / seen.path("liveBytes").asLong()
                    - 1);
            quiet = change < QUIET ? quiet + 1 : 0;
            seen = now;
        }
        return seen;
    }

    /** Without the dead objects that the collector leaves between living ones to save work, and without caches that it may clear. */
    private static List<String> compact(List<String> command) {
        List<String> compact = new ArrayList<>(command);
        compact.addAll(1, List.of("-XX:MarkSweepDeadRatio=0", "-XX:SoftRefLRUPolicyMSPerMB=0"));
        return compact;
    }

    /** @return number of changes: whole rounds */
    private static int change(ServerUnderTest server, List<SwappedPlugin> plugins, int least)
            throws IOException, InterruptedException {
        server.post(
                "/swap/begin?plugins=swap-a,swap-b&perSecond=%d&seconds=%d&threads=4"
                        .formatted(PER_SECOND, MOST_SECONDS),
                "");
        int changed = 0;
        for (int round = 0; changed < least; round++) {
            SwappedPlugin one = plugins.get(round % 2);
            SwappedPlugin other = plugins.get((round + 1) % 2);
            one.beside();
            other.update();
            other.removeAndInstall();
            changed += CHANGES_PER_ROUND;
        }
        server.post("/swap/end", "");
        return changed;
    }
}
