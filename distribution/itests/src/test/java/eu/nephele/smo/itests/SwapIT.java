// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.swap.DecisionAudit;
import eu.nephele.smo.lab.harness.swap.LeakResult;
import eu.nephele.smo.lab.harness.swap.LeakRun;
import eu.nephele.smo.lab.harness.swap.SwapOptions;
import eu.nephele.smo.lab.harness.swap.SwapOptions.SwapMode;
import eu.nephele.smo.lab.harness.swap.SwapResult;
import eu.nephele.smo.lab.harness.swap.SwapRun;
import org.junit.jupiter.api.Test;

/** What {@code ./smo bench swap} does, in short and at a rate that a busy machine bears: it is not the figures that are tested here. */
class SwapIT {

    private static final int SECONDS = 6;
    private static final int PER_SECOND = 100;
    /** Those that call strategies come and go, with the one that watches them; only a process at rest has none of them. */
    private static final int POOL_THREADS = 5;

    private static final int CHANGES = 18;

    @Test
    void noDecisionIsLostOrMixedWhilePluginsAreReplacedUpdatedAndTakenOut() throws Exception {
        SwapOptions options = options(SwapMode.PAUSE, 0);
        SwapResult result = new SwapRun(options, Distribution.freshFolder("swap"), System.out).run();
        System.out.println(result.table());
        DecisionAudit decisions = result.decisions();
        assertThat(decisions.failed()).as(result.table()).isZero();
        assertThat(decisions.recorded()).isEqualTo(decisions.asked());
        assertThat(decisions.mixed()).as(result.table()).isZero();
        assertThat(result.swapped()).isGreaterThanOrEqualTo(3);
        assertThat(decisions.asked()).isGreaterThan(SECONDS * PER_SECOND / 2);
    }

    @Test
    void manyChangesLeaveNoClassLoaderAndNoThreadBehind() throws Exception {
        LeakResult result = new LeakRun(
                        options(SwapMode.LEAKS, CHANGES), Distribution.freshFolder("leaks"), System.out, false)
                .run();
        System.out.println(result.table());
        assertThat(result.loaderGrowth()).as(result.table()).isLessThanOrEqualTo(0);
        assertThat(result.threadGrowth()).as(result.table()).isLessThanOrEqualTo(POOL_THREADS);
    }

    private static SwapOptions options(SwapMode mode, int leaks) {
        return new SwapOptions(mode, SECONDS, leaks, PER_SECOND, Distribution.serverCommand());
    }
}
