// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Causes outages of outside systems, one at a time, and changes of load. */
final class OutageInjector implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OutageInjector.class);

    /** Services with little load get one replica each, so that the next load needs another number. */
    private static final int[] LOADS = {0, 6};

    private static final int CALM_MILLIS = 3000;
    /** Measured load is a mean over some seconds. */
    private static final int LOAD_MILLIS = 12_000;
    /** Clusters are filled in this order, so that the first one has most to lose. */
    private static final int ONE_IN_ANY = 3;

    private static final int LONGEST_MILLIS = 25_000;

    private final ChaosWorld world;
    private final KillTarget killTarget;
    private final List<WorldOutage> outages;
    private final Random random;
    private int loads;
    private volatile boolean stopping;

    /** @param killTarget step to bring about, instead of random outages */
    OutageInjector(ChaosWorld world, KillTarget killTarget, long seed) {
        this.world = world;
        this.killTarget = killTarget;
        this.outages = world.outages();
        this.random = new Random(seed);
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                strike();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("outages stopped, the world does not answer", e);
        }
    }

    private void strike() throws IOException, InterruptedException {
        if (killTarget.wants(ServerStep.SCALE)) {
            loads++;
            world.load(LOADS[loads % LOADS.length]);
            pauseWhile(ServerStep.SCALE, LOAD_MILLIS);
        } else if (killTarget.wants(ServerStep.MOVE)) {
            empty();
        } else {
            anything();
        }
    }

    /** A cluster is not ready until its services move, and a little longer. */
    private void empty() throws IOException, InterruptedException {
        List<WorldOutage> emptying =
                outages.stream().filter(WorldOutage::emptiesCluster).toList();
        WorldOutage outage = emptying.get(random.nextInt(ONE_IN_ANY) > 0 ? 0 : random.nextInt(emptying.size()));
        LOG.info("outage started outage=\"{}\"; it ends when services of the cluster have moved", outage.what());
        outage.begin().happen();
        try {
            pauseWhile(ServerStep.MOVE, LONGEST_MILLIS);
            pause(300, CALM_MILLIS);
        } finally {
            outage.end().happen();
        }
    }

    private void anything() throws IOException, InterruptedException {
        world.load(random.nextInt(6));
        pause(1000, 4000);
        WorldOutage outage = outages.get(random.nextInt(outages.size()));
        LOG.info("outage started outage=\"{}\"", outage.what());
        outage.begin().happen();
        try {
            pause(300, world.pace().outageMillis());
        } finally {
            outage.end().happen();
        }
    }

    private void pauseWhile(ServerStep wanted, int atMostMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        while (!stopping && killTarget.wants(wanted) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void pause(int atLeastMillis, int atMostMillis) throws InterruptedException {
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(atLeastMillis + random.nextInt(atMostMillis - atLeastMillis));
        while (!stopping && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
