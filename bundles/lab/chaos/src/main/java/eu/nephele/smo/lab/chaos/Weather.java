// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clusters fail and return, one at a time; load comes and goes. */
final class Weather implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Weather.class);
    static final List<String> CLUSTERS = List.of("north", "east", "south", "west");
    private static final String NOTHING = "";

    private final WorldProcess world;
    private final Random random;
    private volatile boolean stopping;

    Weather(WorldProcess world, long seed) {
        this.world = world;
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
            clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("The weather has ended, because the world does not answer", e);
        }
    }

    private void strike() throws IOException, InterruptedException {
        world.strike("load", "{\"service\":\"*\",\"requestsPerSecond\":%d}".formatted(random.nextInt(6)));
        pause(1000, 4000);
        String cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        world.strike("clusters/" + cluster + "/fail", NOTHING);
        pause(300, 5000);
        world.strike("clusters/" + cluster + "/restore", NOTHING);
    }

    /** Everything is well again. */
    private void clear() throws IOException, InterruptedException {
        for (String cluster : CLUSTERS) {
            world.strike("clusters/" + cluster + "/restore", NOTHING);
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
