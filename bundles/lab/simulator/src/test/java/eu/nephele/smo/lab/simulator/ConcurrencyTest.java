// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final int CLIENTS = 16;
    private static final int RELEASES_PER_CLIENT = 40;

    private final Lab lab = new Lab(Scenario.of(Lab.DELAY, Lab.cluster("a", 300), Lab.cluster("b", 300)));

    @Test
    void keepsTheBooksWhenManyDeployAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                work.add(() -> deployLike(number));
            }
            for (Future<Integer> done : clients.invokeAll(work)) {
                assertThat(done.get()).isZero();
            }
        } finally {
            clients.shutdownNow();
        }
        lab.passStartup();

        WorldSnapshot world = lab.world.snapshot();
        assertThat(world.releases()).hasSize(CLIENTS * RELEASES_PER_CLIENT / 2);
        assertThat(world.releases()).allMatch(release -> release.readyReplicas() == 1);
        assertThat(world.clusters())
                .extracting(WorldSnapshot.Cluster::allocated)
                .containsOnly(cores(1).times(CLIENTS * RELEASES_PER_CLIENT / 4));
        assertThat(world.overbookedEver()).isFalse();
    }

    /** Installs on a, moves every second one to b, removes half; counts observations of an overfull world. */
    private int deployLike(int client) {
        int overfull = 0;
        for (int i = 0; i < RELEASES_PER_CLIENT; i++) {
            String service = "s-%d-%d".formatted(client, i);
            lab.install(service, 1, 1, "a");
            if (i % 4 < 2) {
                lab.shares(service, 2, share("b", 1));
            }
            if (i % 2 == 1) {
                lab.world.deployer().ensureRemoved(Lab.key(service, 3), Lab.OWNER);
            }
            overfull += lab.world.clusters().clusters().stream()
                            .allMatch(cluster -> cluster.allocated().fitsInto(cluster.allocatable()))
                    ? 0
                    : 1;
        }
        return overfull;
    }
}
