// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things outside fail and return, one at a time; load comes and goes. */
final class Weather implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Weather.class);

    /** Those of whom little is asked get one replica each, so that the next load is another one. */
    private static final int[] LOADS = {0, 6};

    private static final int CALM_MILLIS = 3000;
    /** Measured load is a mean over some seconds. */
    private static final int LOAD_MILLIS = 12_000;
    /** Clusters are filled in this order, so that the first one has most to lose. */
    private static final int ONE_IN_ANY = 3;

    private static final int LONGEST_MILLIS = 25_000;

    private final World world;
    private final Aim aim;
    private final List<Outage> outages;
    private final Random random;
    private int loads;
    private volatile boolean stopping;

    /** @param aim what is to come about rather than anything */
    Weather(World world, Aim aim, long seed) {
        this.world = world;
        this.aim = aim;
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
            LOG.error("The weather has ended, because the world does not answer", e);
        }
    }

    private void strike() throws IOException, InterruptedException {
        if (aim.wants(Step.SCALE)) {
            loads++;
            world.load(LOADS[loads % LOADS.length]);
            pauseWhile(Step.SCALE, LOAD_MILLIS);
        } else if (aim.wants(Step.MOVE)) {
            empty();
        } else {
            anything();
        }
    }

    /** A cluster is not ready until its services move, and a little longer. */
    private void empty() throws IOException, InterruptedException {
        List<Outage> emptying = outages.stream().filter(Outage::emptiesCluster).toList();
        Outage outage = emptying.get(random.nextInt(ONE_IN_ANY) > 0 ? 0 : random.nextInt(emptying.size()));
        LOG.info("{}, until its services move", outage.what());
        outage.begin().happen();
        try {
            pauseWhile(Step.MOVE, LONGEST_MILLIS);
            pause(300, CALM_MILLIS);
        } finally {
            outage.end().happen();
        }
    }

    private void anything() throws IOException, InterruptedException {
        world.load(random.nextInt(6));
        pause(1000, 4000);
        Outage outage = outages.get(random.nextInt(outages.size()));
        LOG.info("{}", outage.what());
        outage.begin().happen();
        try {
            pause(300, world.pace().outageMillis());
        } finally {
            outage.end().happen();
        }
    }

    private void pauseWhile(Step wanted, int atMostMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        while (!stopping && aim.wants(wanted) && System.nanoTime() < end) {
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
