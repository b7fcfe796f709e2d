// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run: a server, an honest client, hostile ones, and a check of residues. */
public final class AttackRun {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration UNTIL_QUIET = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 40_000;
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final String AFTER = "after";

    /** Caches fill up to a bound with the first half of the cases; what is kept for each case grows with the second one, too. */
    private static final int WARM_UP_PART = 2;

    private final AttackOptions options;
    private final Path folder;
    private final PrintStream progress;

    public AttackRun(AttackOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
    }

    /** @throws IOException when the server does not start, or no longer gives the data for a verdict */
    public AttackResult run() throws IOException, InterruptedException {
        try (AttackServer server = AttackServer.start(options.server(), folder)) {
            server.deploy(AttackServer.WITNESS);
            server.install(AttackServer.WITNESS_PLUGIN);
            // objects that an honest run creates once exist before the count
            isOpen(server);
            ServerResidue before = quiet(server.rest(), ServerResidue.from(server.rest()));
            long from = System.nanoTime();
            Cases cases = new Cases(options.seed());
            RawConnection rawConnection = new RawConnection(server.rest().url().getPort(), ANSWER_MILLIS);
            Volley volley = new Volley(
                    rawConnection, number -> cases.next(server.target(number)), options.perSecond(), LIMIT, progress);
            List<AttackFinding> findings;
            double p99Millis;
            HeapProbe heap = new HeapProbe(server.rest());
            double heapAtStart = heap.megabytesAfterCollection();
            double heapBefore;
            try (HonestReads reads = new HonestReads(server.rest())) {
                int first = options.only().orElse(0);
                int warmUp = options.cases() / WARM_UP_PART;
                volley.fire(first, warmUp);
                remove(volley.made(), server);
                quiet(server.rest(), before);
                heapBefore = heap.megabytesAfterCollection();
                volley.fire(first + warmUp, options.cases() - warmUp);
                p99Millis = reads.p99Millis();
                findings = new ArrayList<>(volley.findings());
                findings.addAll(reads.findings());
            }
            double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from) / 1000.0;
            remove(volley.made(), server);
            boolean open = isOpen(server);
            quiet(server.rest(), before)
                    .beyond(before)
                    .forEach(thing -> findings.add(new AttackFinding(AttackKind.LEFT, thing, "is left")));
            double heapAfter = heap.megabytesAfterCollection();
            return new AttackResult(
                    options.seed(),
                    options.cases(),
                    volley.judged(),
                    seconds,
                    volley.statuses(),
                    open,
                    p99Millis,
                    heapAfter - heapBefore,
                    heapAfter - heapAtStart,
                    findings);
        }
    }

    private static void remove(List<String> made, AttackServer server) throws IOException, InterruptedException {
        for (String path : made) {
            server.rest().delete(path);
        }
    }

    /** Returns whether the server is ready, and stores and deletes objects on request. */
    private boolean isOpen(AttackServer server) throws InterruptedException {
        try {
            server.deploy(AFTER);
            server.rest().delete(AttackTarget.GRAPHS + "/" + AFTER + "?wait=60");
            server.rest().get(AttackTarget.GRAPHS + "/" + AttackServer.WITNESS);
            server.rest().get("/api/v1/plugins/" + AttackServer.WITNESS_PLUGIN);
            return server.rest().status("/health/ready") == 200;
        } catch (IOException e) {
            progress.println("The server does not work any more: " + e.getMessage());
            return false;
        }
    }

    /** Returns the residue once nothing more is released, or nothing exceeds the initial state. */
    private static ServerResidue quiet(ServerUnderTest server, ServerResidue before)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + UNTIL_QUIET.toNanos();
        ServerResidue now = ServerResidue.from(server);
        while (!now.beyond(before).isEmpty() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            now = ServerResidue.from(server);
        }
        return now;
    }
}
