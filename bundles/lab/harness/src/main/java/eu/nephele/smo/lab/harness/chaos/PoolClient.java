// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Changes a pool without end, one change after the other. */
final class PoolClient implements Runnable {

    private final String name;
    private final PoolWork work;
    private final PromiseLedger ledger;
    private final Random random;
    private final int thoughtMillis;
    private volatile boolean stopping;

    @FunctionalInterface
    interface PoolWork {
        void change() throws IOException, InterruptedException;
    }

    /** @param thoughtMillis longest pause between two changes */
    PoolClient(String name, PoolWork work, PromiseLedger ledger, Random random, int thoughtMillis) {
        this.name = name;
        this.work = work;
        this.ledger = ledger;
        this.random = random;
        this.thoughtMillis = thoughtMillis;
    }

    /** Lets it end after its present change. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                work.change();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(thoughtMillis) + 1);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException failed) {
            ledger.find(ChaosFinding.stuck("the client of " + name, "an answer", String.valueOf(failed.getMessage())));
        }
    }
}
