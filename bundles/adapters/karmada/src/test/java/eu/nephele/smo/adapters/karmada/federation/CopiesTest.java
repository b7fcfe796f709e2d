// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.BindingSeen.There;
import eu.nephele.smo.adapters.karmada.federation.Members.Look;
import eu.nephele.smo.adapters.karmada.federation.Members.State;
import eu.nephele.smo.adapters.karmada.read.Counts;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.api.model.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose numbers count, beside a Karmada that does not say of which generation its own are. */
class CopiesTest {

    private static final Counts NOTHING_YET = new Counts(0, 0, 0, 0, 0, true);
    private static final Counts TWO = new Counts(0, 2, 2, 2, 2, true);

    private Counts there = new Counts(2, 2, 0, 2, 2, true);
    private int looks;
    private final Copies copies = new Copies(
            workload -> Optional.empty(),
            (cluster, workload) -> {
                looks++;
                return new Look(Optional.of(workload(there)), State.SEEN, Duration.ofSeconds(1));
            },
            cluster -> true);

    @Test
    void whatWasSeenOnTheClusterIsNotTakenBackByWhatKarmadaTellsLater() {
        assertThat(judged(TWO)).isEqualTo(there);

        there = new Counts(2, 2, 2, 2, 2, true);
        assertThat(judged(NOTHING_YET)).isEqualTo(there);
        assertThat(judged(NOTHING_YET)).as("Karmada has not told it yet").isEqualTo(there);
        assertThat(judged(TWO)).isEqualTo(there);
    }

    @Test
    void fromThenOnKarmadaIsBelievedAndNobodyLooksAnyMore() {
        there = new Counts(2, 2, 2, 2, 2, true);
        judged(TWO);
        int before = looks;
        Counts one = new Counts(0, 2, 2, 1, 1, true);
        assertThat(judged(one)).isEqualTo(one);
        assertThat(looks).isEqualTo(before);
    }

    private Counts judged(Counts told) {
        return copies.on("m1", workload(Counts.NONE), new There(told, Optional.empty(), ""))
                .counts();
    }

    private static WorkloadSeen workload(Counts counts) {
        return new WorkloadSeen(
                "Deployment",
                "p",
                "web",
                "u",
                1,
                "t",
                counts,
                Resources.NONE,
                "web",
                "",
                "",
                "u/t",
                Map.of(),
                "",
                "",
                Optional.empty());
    }
}
