// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions;
import eu.nephele.smo.lab.harness.chaos.ChaosResult;
import eu.nephele.smo.lab.harness.chaos.ChaosRun;
import eu.nephele.smo.lab.harness.chaos.Traffic;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.testbed.Testbed;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testbed.WorldSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As {@link ChaosIT}, with real API servers as the world: what {@code ./smo chaos --world real} does, in short. */
@Real
class RealChaosIT {

    private static final int KILLS = 3;
    private static final long SEED = 5;
    private static final int GRAPHS = 3;
    private static final int CLIENTS = 3;

    @Test
    void nothingIsLostOrphanedDoubledOrStuckOnRealApiServers() throws Exception {
        List<String> absent = Testbed.absent(WorldSpec.of(WorldKind.KARMADA, 3));
        absent.forEach(
                line -> System.err.printf("%n*** %s: KILLS BESIDE REAL API SERVERS ARE NOT TESTED ***%n%n", line));
        assumeTrue(absent.isEmpty(), () -> String.join("; ", absent));
        ChaosOptions options = new ChaosOptions(
                KILLS,
                SEED,
                ChaosOptions.Outer.KARMADA,
                DatabaseKind.H2,
                false,
                new Traffic(GRAPHS, CLIENTS, false),
                0,
                true,
                Distribution.serverCommand());
        ChaosResult result = new ChaosRun(options, Distribution.freshFolder("real-chaos"), System.out).run();
        System.out.println(result.table());
        assertThat(result.findings()).isEmpty();
        assertThat(result.options().kills()).isEqualTo(KILLS);
        assertThat(result.answers().acknowledged())
                .as("changes in the whole run")
                .isPositive();
        assertThat(result.writes().releases()).as("revisions in the world").isPositive();
    }
}
