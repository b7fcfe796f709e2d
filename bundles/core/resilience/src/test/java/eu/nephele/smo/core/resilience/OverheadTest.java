// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Overhead of the guard for a call that answers at once. */
class OverheadTest {

    private static final int CALLS = 100_000;
    private static final double MOST_MICROS = 50;

    @Test
    void aCallCostsMicroseconds() {
        FetchedDescriptor answer = new FetchedDescriptor("", "1");
        SystemGuards guards = new SystemGuards(
                new LimitsReader("pid").read(Settings.config(GuardConfig.class, Map.of())),
                Clock.systemUTC(),
                System::nanoTime);
        ArtifactRepository port = guards.guard(ArtifactRepository.class, reference -> answer, "fast");
        double best = Double.MAX_VALUE;
        int answered = 0;
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                answered += port.descriptor("x").digest().length();
            }
            best = Math.min(best, (System.nanoTime() - began) / 1e3 / CALLS);
        }
        guards.close();
        System.out.printf(Locale.ROOT, "guard: %.2f µs per call%n", best);
        assertThat(answered).isEqualTo(5 * CALLS);
        assertThat(best).isLessThan(MOST_MICROS);
    }
}
