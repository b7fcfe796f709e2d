// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who kills containers by hand. */
final class ContainerKiller implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerKiller.class);
    private static final int SHORTEST_MILLIS = 2000;
    private static final int LONGEST_MILLIS = 8000;

    private final ContainersWorld world;
    private final Random random;
    private volatile int killed;
    private volatile boolean stopping;

    ContainerKiller(ContainersWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    int killed() {
        return killed;
    }

    /** Lets it end after its present kill. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        int count = 0;
        while (!stopping) {
            try {
                TimeUnit.MILLISECONDS.sleep(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
                if (!stopping
                        && world.killContainer(random.nextInt(Integer.MAX_VALUE))
                                .isPresent()) {
                    count++;
                    killed = count;
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException went) {
                // the server may have removed it meanwhile
                LOG.info("container not killed reason=\"{}\"", went.getMessage());
            }
        }
    }
}
