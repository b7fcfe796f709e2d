// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions;
import eu.nephele.smo.lab.harness.chaos.ChaosResult;
import eu.nephele.smo.lab.harness.chaos.ChaosRun;
import eu.nephele.smo.lab.harness.chaos.OwnerFailure;
import eu.nephele.smo.lab.harness.chaos.StandbyReport;
import eu.nephele.smo.lab.harness.chaos.Traffic;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The product is killed in the middle of its work, and the world outlives it: what {@code ./smo chaos} does, in short. */
class ChaosIT {

    /** By it the third and the eighth kill come 853 and 406 ms after the begin of a start, which takes longer. */
    private static final long SEED = 44;

    private static final int GRAPHS = 6;
    private static final int CLIENTS = 3;
    private static final int LATENCY_MILLIS = 40;

    /** With {@code ./smo test --real} more kills, and of a server on PostgreSQL, too: below, one that stands by has it in any case. */
    static Stream<Arguments> kills() {
        return Boolean.getBoolean(Real.PROPERTY)
                ? Stream.of(Arguments.of(8, DatabaseKind.H2), Arguments.of(4, DatabaseKind.POSTGRESQL))
                : Stream.of(Arguments.of(3, DatabaseKind.H2));
    }

    @ParameterizedTest(name = "{0} kills on {1}")
    @MethodSource("kills")
    void nothingIsLostOrphanedDoubledOrStuck(int kills, DatabaseKind database) throws Exception {
        ChaosOptions options = new ChaosOptions(
                kills,
                SEED,
                ChaosOptions.Outer.SIMULATED,
                database,
                false,
                new Traffic(GRAPHS, CLIENTS, false),
                LATENCY_MILLIS,
                true,
                Distribution.serverCommand());
        ChaosResult result = new ChaosRun(options, Distribution.freshFolder("chaos"), System.out).run();
        System.out.println(result.table());
        assertThat(result.findings()).isEmpty();
        assertThat(result.answers().tooEarly())
                .as("404 while the server starts")
                .isZero();
        assertThat(result.options().kills()).isEqualTo(kills);
        assertThat(result.kills().duringStart())
                .as("kills of a server that was not ready yet")
                .isPositive();
        assertThat(result.answers().acknowledged())
                .as("changes in the whole run")
                .isGreaterThan(kills);
    }

    @Test
    void theOtherServerTakesOverFromOneThatIsKilledStoppedOrCutOff() throws Exception {
        ChaosOptions options = new ChaosOptions(
                OwnerFailure.values().length,
                SEED,
                ChaosOptions.Outer.SIMULATED,
                DatabaseKind.POSTGRESQL,
                true,
                new Traffic(GRAPHS, CLIENTS, false),
                LATENCY_MILLIS,
                true,
                Distribution.serverCommand());
        ChaosResult result = new ChaosRun(options, Distribution.freshFolder("chaos-standby"), System.out).run();
        System.out.println(result.table());
        assertThat(result.findings()).isEmpty();
        StandbyReport standby = result.standby().orElseThrow();
        for (OwnerFailure ownerFailure : OwnerFailure.values()) {
            assertThat(standby.count(ownerFailure))
                    .as("hits by " + ownerFailure)
                    .isEqualTo(1);
        }
        assertThat(standby.strangeWrites())
                .as(standby.owners().firstFormer().toString())
                .isZero();
        assertThat(standby.owners().writesByEpoch())
                .as("writes of each owner")
                .hasSize(OwnerFailure.values().length + 1);
        assertThat(standby.reads().failed())
                .as(standby.reads().firstFailed().toString())
                .isZero();
        assertThat(standby.reads().count()).as("reads of the standby").isGreaterThan(100);
        assertThat(standby.takeoverMillis()).hasSize(OwnerFailure.values().length);
        assertThat(standby.takeoverMillisMax())
                .as("milliseconds of the longest takeover")
                .isLessThanOrEqualTo(10_000);
        assertThat(result.isGood()).isTrue();
    }
}
