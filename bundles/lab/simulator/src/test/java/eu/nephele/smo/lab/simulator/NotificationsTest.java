// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    private final Lab lab = new Lab();
    private final AtomicInteger clusterNews = new AtomicInteger();
    private final List<WorkloadRef> workloadNews = new ArrayList<>();

    @Test
    void tellWhenAWorkloadBecomesReady() {
        lab.install("web", 3, 1, "a");
        lab.install("api", 1, 1, "b");
        lab.world.runtime().subscribe(workloadNews::add);
        lab.passStartup();

        assertThat(workloadNews).containsExactly(ref("web"), ref("api"));
    }

    @Test
    void tellWhenAClusterChangesAndWhoSuffers() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();
        lab.world.clusters().subscribe(clusterNews::incrementAndGet);
        lab.world.runtime().subscribe(workloadNews::add);

        lab.world.failCluster("a");

        assertThat(clusterNews).hasValue(1);
        assertThat(workloadNews).containsExactly(ref("web"));
    }

    @Test
    void tellWhenCapacityAndMembershipChange() {
        lab.world.clusters().subscribe(clusterNews::incrementAndGet);
        lab.world.setForeignLoad("a", cores(1));
        lab.world.drainCluster("b", 0.1);
        lab.world.addCluster(Lab.cluster("c", 1));
        lab.world.removeCluster("c");
        lab.world.setLoad("web", 3);

        assertThat(clusterNews).hasValue(4);
    }

    @Test
    void endWithTheSubscription() {
        Subscription first = lab.world.clusters().subscribe(clusterNews::incrementAndGet);
        Subscription second = lab.world.runtime().subscribe(workloadNews::add);
        first.close();
        second.close();
        lab.install("web", 1, 1, "a");
        lab.world.failCluster("a");

        assertThat(clusterNews).hasValue(0);
        assertThat(workloadNews).isEmpty();
    }

    @Test
    void reachTheOthersWhenOneListenerFails() {
        lab.world.clusters().subscribe(() -> {
            throw new IllegalStateException("a listener with a defect, on purpose");
        });
        lab.world.clusters().subscribe(clusterNews::incrementAndGet);
        lab.world.failCluster("a");

        assertThat(clusterNews).hasValue(1);
    }

    @Test
    void mayLookAtTheWorld() {
        List<Integer> seen = new ArrayList<>();
        lab.install("web", 1, 1, "a");
        lab.world.runtime().subscribe(ref -> seen.add(lab.ready("web")));
        lab.passStartup();

        assertThat(seen).containsExactly(1);
    }
}
