// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions;
import eu.nephele.smo.lab.harness.chaos.ContainersChaosResult;
import eu.nephele.smo.lab.harness.chaos.ContainersChaosRun;
import eu.nephele.smo.lab.harness.chaos.Traffic;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As {@link ChaosIT}, with real container engines behind a real balancer: what {@code ./smo chaos --world containers} does, in short. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersChaosIT {

    private static final int KILLS = 5;
    private static final long SEED = 3;

    @Test
    void nothingIsLostOrphanedDoubledOrStuckAndNoVisitorNoticesTheKills() throws Exception {
        List<String> absent = ContainersChaosRun.absent();
        assumeFalse(RealPrograms.isMissing(absent), () -> String.join("; ", absent));
        ChaosOptions options = new ChaosOptions(
                KILLS,
                SEED,
                ChaosOptions.Outer.CONTAINERS,
                DatabaseKind.H2,
                false,
                new Traffic(1, 1, false),
                0,
                true,
                Distribution.serverCommand());
        ContainersChaosResult result =
                new ContainersChaosRun(options, Distribution.freshFolder("containers-chaos"), System.out).run();
        System.out.println(result.table());
        assertThat(result.findings()).isEmpty();
        assertThat(result.alone().failures())
                .as("requests that failed while only the server was killed")
                .isEmpty();
        assertThat(result.answers().tooEarly())
                .as("404 of interfaces that are not there yet")
                .isZero();
        assertThat(result.alone().requests()).as("requests meanwhile").isGreaterThan(100);
        assertThat(result.answers().acknowledged())
                .as("changes in the whole run")
                .isGreaterThan(KILLS);
    }
}
