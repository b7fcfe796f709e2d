// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.attack.AttackOptions;
import eu.nephele.smo.lab.harness.attack.AttackResult;
import eu.nephele.smo.lab.harness.attack.AttackRun;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The product is sent what no client should send: what {@code ./smo attack} does, in short. The time of reads is not judged here. */
class AttackIT {

    private static final long SEED = 12;
    private static final int CASES = 300;
    private static final int PER_SECOND = 100;

    @Test
    void everythingIsAnsweredAndNothingIsLeft() throws Exception {
        AttackOptions options =
                new AttackOptions(SEED, CASES, OptionalInt.empty(), PER_SECOND, Distribution.serverCommand());
        AttackResult result = new AttackRun(options, Distribution.freshFolder("attack"), System.out).run();
        System.out.println(result.table());
        assertThat(result.findings()).isEmpty();
        assertThat(result.cases()).isEqualTo(CASES);
        assertThat(result.databaseOpen()).isTrue();
        assertThat(result.heapGrowthMegabytes()).isLessThanOrEqualTo(10);
        assertThat(result.heapGrowthSinceStartMegabytes()).isLessThanOrEqualTo(20);
    }
}
