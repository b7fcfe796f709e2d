// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An honest client that reads continuously during the attack. */
final class HonestReads implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;
    private static final double PERCENTILE = 0.99;
    private static final List<String> PATHS =
            List.of("/api/v1/clusters", AttackTarget.GRAPHS + "/" + AttackServer.WITNESS, "/health/ready");

    private final ServerUnderTest server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> micros = new ArrayList<>();
    private final List<AttackFinding> findings = new ArrayList<>();
    private final ScheduledFuture<?> reading;
    private int turn;

    HonestReads(ServerUnderTest server) throws IOException, InterruptedException {
        this.server = server;
        for (String path : PATHS) {
            // the first read of each kind loads classes: that belongs to the start, not to the attack
            server.status(path);
        }
        reading = clock.scheduleWithFixedDelay(this::read, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void read() {
        String path = PATHS.get(turn);
        turn = (turn + 1) % PATHS.size();
        long from = System.nanoTime();
        try {
            int status = server.status(path);
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - from));
            if (status != 200) {
                findings.add(new AttackFinding(AttackKind.READ, path, Integer.toString(status)));
            }
        } catch (IOException e) {
            findings.add(new AttackFinding(AttackKind.READ, path, e.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized double p99Millis() {
        return percentile(micros) / 1000.0;
    }

    synchronized List<AttackFinding> findings() {
        return List.copyOf(findings);
    }

    static long percentile(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(PERCENTILE * sorted.size());
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
    }

    @Override
    public void close() {
        reading.cancel(true);
        clock.shutdownNow();
    }
}
