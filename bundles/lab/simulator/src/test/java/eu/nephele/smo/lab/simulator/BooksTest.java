// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import org.junit.jupiter.api.Test;

/** Accounts of the world about capacity, independent of an orchestrator. */
class BooksTest {

    private final Lab lab = new Lab();

    @Test
    void countWhatScheduledPodsAndOthersUse() {
        lab.install("web", 2, 1, "a");
        lab.world.setForeignLoad("a", cores(0.5));

        ClusterState a = lab.world.clusters().clusters().get(0);
        assertThat(a.id()).isEqualTo(id("a"));
        assertThat(a.allocated()).isEqualTo(cores(1).times(2).plus(cores(0.5)));
        assertThat(a.free().cpuMillis()).isEqualTo(1500);
        assertThat(a.observedAt()).isEqualTo(Lab.START);
    }

    @Test
    void giveOthersOnlyWhatOurPodsLeave() {
        lab.install("web", 3, 1, "a");
        lab.world.setForeignLoad("a", cores(3));

        assertThat(lab.inWorld("a").foreign().cpuMillis()).isEqualTo(1000);
        lab.world.deployer().ensureRemoved(Lab.key("web", 2), Lab.OWNER);
        assertThat(lab.inWorld("a").foreign().cpuMillis()).isEqualTo(3000);
    }

    @Test
    void rememberEveryOrderBeyondTheCapacity() {
        lab.install("web", 2, 2, "a");
        assertThat(lab.world.overbookedEver()).isFalse();

        lab.shares("web", 2, share("a", 3));
        lab.shares("web", 3, share("a", 1));

        assertThat(lab.world.overbookedEver()).isTrue();
        assertThat(lab.inWorld("a").overbookedEver()).isEqualTo(new Resources(2000, 0, 0, 0));
        assertThat(lab.inWorld("b").overbookedEver()).isEqualTo(Resources.NONE);
        assertThat(lab.world.snapshot().overbookedEver()).isTrue();
    }

    @Test
    void countForeignLoadAgainstAnOrder() {
        lab.world.setForeignLoad("b", cores(1.5));
        lab.install("web", 1, 1, "b");

        assertThat(lab.inWorld("b").overbookedEver().cpuMillis()).isEqualTo(500);
    }

    @Test
    void doNotBlameAnOrderForCapacityThatIsLostLater() {
        lab.install("web", 4, 1, "a");
        lab.world.drainCluster("a", 0.5);
        lab.world.setForeignLoad("a", cores(4));

        assertThat(lab.world.overbookedEver()).isFalse();
    }

    @Test
    void keepTheOverbookingOfAClusterThatLeft() {
        lab.install("web", 9, 1, "b");
        lab.world.removeCluster("b");

        assertThat(lab.world.overbookedEver()).isTrue();
    }

    @Test
    void areEmptyAgainWhenEverythingIsRemoved() {
        lab.install("web", 9, 1, "a");
        lab.install("api", 2, 0.5, "a", "b");
        lab.passStartup();
        lab.world.deployer().ensureRemoved(Lab.key("web", 2), Lab.OWNER);
        lab.world.deployer().ensureRemoved(Lab.key("api", 2), Lab.OWNER);

        assertThat(lab.world.snapshot().pods()).isEmpty();
        assertThat(lab.world.snapshot().releases()).isEmpty();
        assertThat(lab.inWorld("a").allocated()).isEqualTo(Resources.NONE);
        assertThat(lab.inWorld("a").requested()).isEqualTo(Resources.NONE);
    }
}
