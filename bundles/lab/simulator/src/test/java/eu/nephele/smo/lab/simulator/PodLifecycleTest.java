// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodLifecycleTest {

    private final Lab lab = new Lab();

    @Test
    void becomeReadyAfterTheStartUpDelayAndNotEarlier() {
        lab.install("web", 2, 1, "a");

        lab.pass(Lab.DELAY.minusMillis(1));
        assertThat(lab.ready("web")).isZero();
        assertThat(lab.message("web")).isEqualTo("2 of 2 replicas not ready on a: starting");

        lab.pass(Duration.ofMillis(1));
        assertThat(lab.ready("web")).isEqualTo(2);
        assertThat(lab.message("web")).isEmpty();
    }

    @Test
    void thatFindNoCapacityWaitAndSayWhy() {
        lab.install("big", 3, 2, "a");
        lab.passStartup();

        assertThat(lab.on("big")).containsEntry(id("a"), new OnCluster(3, 2, cores(2).times(2)));
        assertThat(lab.message("big"))
                .isEqualTo("1 of 3 replicas not ready on a: one more does not fit: needs 2 cores, 0 free");
    }

    @Test
    void thatWaitGetTheCapacityThatOthersLeave() {
        lab.install("first", 2, 2, "a");
        lab.install("second", 1, 2, "a");
        lab.passStartup();
        assertThat(lab.ready("second")).isZero();

        lab.shares("first", 2, share("a", 1));
        lab.passStartup();

        assertThat(lab.ready("first")).isEqualTo(1);
        assertThat(lab.ready("second")).isEqualTo(1);
    }

    @Test
    void thatAreTooManyEndTheUnreadyOnesFirst() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();
        lab.shares("web", 2, share("a", 2));
        lab.shares("web", 3, share("a", 1));

        assertThat(lab.ready("web")).isEqualTo(1);
    }

    @Test
    void moveWithoutAGapWhenOldAndNewAreAskedForTogetherFirst() {
        lab.install("web", 1, 1, "a");
        lab.passStartup();

        lab.shares("web", 2, share("a", 1), share("b", 1));
        assertThat(lab.ready("web")).isEqualTo(1);
        lab.passStartup();
        lab.shares("web", 2, share("b", 1));

        assertThat(lab.ready("web")).isEqualTo(1);
        assertThat(lab.on("web")).containsOnlyKeys(id("b"));
    }

    @Test
    void respectGpus() {
        Resources gpuNode = new Resources(8000, 1L << 30, 0, 1);
        Lab gpus = new Lab(Scenario.of(Duration.ZERO, ClusterModel.of("a", gpuNode)));
        gpus.world.deployer().ensureInstalled(Lab.request("detect", 2, new Resources(1000, 0, 0, 1), "a"));

        assertThat(gpus.ready("detect")).isEqualTo(1);
    }

    @Test
    void useAcceleratorsWithoutACountAsOftenAsTheyLike() {
        Resources flagged = new Resources(8000, 1L << 30, 0, Resources.UNLIMITED);
        Lab gpus = new Lab(Scenario.of(Duration.ZERO, ClusterModel.of("a", flagged)));
        gpus.world.deployer().ensureInstalled(Lab.request("detect", 5, new Resources(1000, 0, 0, 1), "a"));

        assertThat(gpus.ready("detect")).isEqualTo(5);
        assertThat(gpus.world.overbookedEver()).isFalse();
    }

    @Test
    void startAtOnceWithoutDelay() {
        Lab quick = new Lab(Scenario.of(Duration.ZERO, Lab.cluster("a", 4)));
        quick.install("web", 2, 1, "a");

        assertThat(quick.ready("web")).isEqualTo(2);
    }
}
