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

    private final World world;
    private final List<Outage> outages;
    private final Random random;
    private volatile boolean stopping;

    Weather(World world, long seed) {
        this.world = world;
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

    private void pause(int atLeastMillis, int atMostMillis) throws InterruptedException {
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(atLeastMillis + random.nextInt(atMostMillis - atLeastMillis));
        while (!stopping && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
