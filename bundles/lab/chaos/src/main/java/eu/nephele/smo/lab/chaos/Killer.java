// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills a server and starts it again: during the start, right after it, or when clients have been served, for that is slow at first. */
final class Killer {

    private static final int ONE_IN_DURING_START = 6;
    private static final int ONE_IN_RIGHT_AFTER = 4;
    private static final long SERVICE_SECONDS = 10;
    private static final int FIRST_MILLIS = 50;

    private final ServerProcess server;
    private final Ledger ledger;
    private final Random random;
    private final Pace pace;
    private int killsDuringStart;

    Killer(ServerProcess server, Ledger ledger, Random random, Pace pace) {
        this.server = server;
        this.ledger = ledger;
        this.random = random;
        this.pace = pace;
    }

    ServerProcess server() {
        return server;
    }

    int killsDuringStart() {
        return killsDuringStart;
    }

    /**
     * Kills it once and starts it again, without waiting for it.
     *
     * @param number from 1
     * @return whether it was killed during its start
     */
    boolean kill(int number) throws IOException, InterruptedException {
        boolean duringStart = number > 1 && random.nextInt(ONE_IN_DURING_START) == 0;
        if (duringStart) {
            killsDuringStart++;
            TimeUnit.MILLISECONDS.sleep(random.nextInt(pace.startMillis()));
        } else {
            server.awaitReady();
            if (random.nextInt(ONE_IN_RIGHT_AFTER) > 0) {
                awaitPromise();
            }
            TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS + random.nextInt(pace.lifeMillis() - FIRST_MILLIS));
        }
        server.kill();
        server.startAgain();
        return duringStart;
    }

    /** Until it is ready and has served somebody, or nobody comes for some seconds. */
    void awaitService() throws IOException, InterruptedException {
        server.awaitReady();
        awaitPromise();
    }

    private void awaitPromise() throws InterruptedException {
        int before = ledger.promises();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (ledger.promises() == before && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
