// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressPollerTest {

    @Test
    void theSustainedRateLeavesOutTheFirstTenth() throws Exception {
        // begun ten seconds ago, then a tenth is done, and at once the others
        Iterator<Long> done = List.of(10L, 100L).iterator();
        ProgressPoller progress = new ProgressPoller(done::next, 100, 60);

        assertThat(progress.await(System.nanoTime() - 10_000_000_000L)).isTrue();

        double behind = progress.seconds() - 10;
        assertThat(progress.perSecond()).isCloseTo(100 / progress.seconds(), within(1e-6));
        assertThat(progress.perSecondInFirstTenth()).isLessThan(1.0001);
        assertThat(progress.perSecondBehindFirstTenth()).isGreaterThan(90 / behind);
    }
}
