// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server ends with its Helm worker, whether it is asked to or not. */
@Real
class HelmWorkerEndIT {

    private static final long LIMIT_SECONDS = 5;
    /** The native part of Helm alone has 98. */
    private static final long LARGE_BYTES = 20L << 20;

    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        outages = new Outages(RealWorld.startGated(WorldKind.CONTEXTS, 1));
    }

    @AfterAll
    static void end() throws Exception {
        if (outages != null) {
            outages.close();
        }
    }

    @Test
    void sigtermEndsServerAndWorkerAndTheCopyOfHelmGoesToo() throws Exception {
        outages.world.killAndRestart();
        outages.deployAndAwait("termed");
        terminatesCleanly("SIGTERM after Helm calls");
    }

    @Test
    void sigkillOfTheServerEndsTheWorker() throws Exception {
        outages.world.killAndRestart();
        outages.deployAndAwait("killed");
        List<ProcessHandle> workers = workers();
        long begin = System.nanoTime();
        outages.world.server().kill();
        awaitEnd(workers);
        System.out.printf("SIGKILL: figures: worker gone after %d ms%n", millis(begin));
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        outages.world.killAndRestart();
        outages.deployAndAwait("after-kill");
        assertThat(copies()).as("copies of Helm: the one in use").hasSizeLessThanOrEqualTo(1);
    }

    private static void terminatesCleanly(String how) throws Exception {
        List<ProcessHandle> workers = workers();
        long begin = System.nanoTime();
        outages.world.server().terminate();
        int status = outages.world.server().exitCode(LIMIT_SECONDS);
        long server = millis(begin);
        awaitEnd(workers);
        System.out.printf("%s: figures: server ended after %d ms, worker after %d ms%n", how, server, millis(begin));
        assertThat(status).isZero();
        assertThat(millis(begin)).as("milliseconds").isLessThan(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertThat(copies()).as("copies of Helm that are left").isEmpty();
    }

    private static List<ProcessHandle> workers() {
        List<ProcessHandle> workers = ProcessHandle.of(outages.world.server().processId())
                .orElseThrow()
                .descendants()
                .toList();
        assertThat(workers).as("processes of the server").hasSize(1);
        return workers;
    }

    private static void awaitEnd(List<ProcessHandle> workers) {
        Await.until("the workers have ended", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static long millis(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /** Native libraries that were unpacked, in the folder for temporary files and in the data of the server. */
    private static List<Path> copies() throws IOException {
        List<Path> found = new ArrayList<>();
        find(outages.world.data, 12, found);
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path folder : folders.filter(
                            path -> path.getFileName().toString().contains("helm"))
                    .toList()) {
                find(folder, 3, found);
            }
        }
        return found;
    }

    private static void find(Path folder, int depth, List<Path> found) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            files.filter(path -> path.toString().endsWith(".so"))
                    .filter(path -> path.toFile().length() > LARGE_BYTES)
                    .forEach(found::add);
        }
    }
}
