// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberPoll;
import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberState;
import eu.nephele.smo.adapters.karmada.federation.ObservedBinding.There;
import eu.nephele.smo.adapters.karmada.read.ObservedLabels;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.adapters.karmada.read.RolloutProgress;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.api.model.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Source of the numbers with a Karmada that does not report the generation of its own. */
class ObservedGenerationCheckTest {

    private static final ReplicaCounts NOTHING_YET = new ReplicaCounts(0, 0, 0, 0, 0, true);
    private static final ReplicaCounts TWO = new ReplicaCounts(0, 2, 2, 2, 2, true);

    private ReplicaCounts there = new ReplicaCounts(2, 2, 0, 2, 2, true);
    private int looks;
    private Optional<String> givenUp = Optional.empty();
    private final LastWrites written = new LastWrites(Duration.ofMinutes(5));
    private final ObservedGenerationCheck observedGenerationCheck = new ObservedGenerationCheck(
            workload -> Optional.empty(),
            (cluster, workload) -> {
                looks++;
                return new MemberPoll(Optional.of(seen(there)), MemberState.SEEN, Duration.ofSeconds(1));
            },
            cluster -> true,
            written::areNewerThan);

    @Test
    void whatWasSeenOnTheClusterIsNotTakenBackByWhatKarmadaTellsLater() {
        assertThat(judged(TWO)).isEqualTo(there);

        there = new ReplicaCounts(2, 2, 2, 2, 2, true);
        assertThat(judged(NOTHING_YET)).isEqualTo(there);
        assertThat(judged(NOTHING_YET)).as("Karmada has not told it yet").isEqualTo(there);
        assertThat(judged(TWO)).isEqualTo(there);
    }

    @Test
    void fromThenOnKarmadaIsBelievedAndNobodyLooksAnyMore() {
        there = new ReplicaCounts(2, 2, 2, 2, 2, true);
        judged(TWO);
        int before = looks;
        ReplicaCounts one = new ReplicaCounts(0, 2, 2, 1, 1, true);
        assertThat(judged(one)).isEqualTo(one);
        assertThat(looks).isEqualTo(before);
    }

    @Test
    void whatItsControllerHasGivenUpIsToldAlsoWhereKarmadaSaysOfWhichGenerationItsNumbersAre() {
        givenUp = Optional.of("ProgressDeadlineExceeded: too long");
        ReplicaCounts old = new ReplicaCounts(2, 3, 1, 2, 2, true);
        assertThat(observedGenerationCheck
                        .on("m1", workload(ReplicaCounts.NONE), new There(old, Optional.of(1L), ""))
                        .failure())
                .isEqualTo(givenUp);
        int before = looks;
        assertThat(observedGenerationCheck
                        .on("m1", workload(ReplicaCounts.NONE), new There(TWO.withDesired(2), Optional.of(1L), ""))
                        .failure())
                .isEmpty();
        assertThat(observedGenerationCheck
                        .on("m1", workload(ReplicaCounts.NONE, "new", "u/t", 1), new There(old, Optional.of(1L), ""))
                        .failure())
                .as("the mark is older than the template")
                .isEmpty();
        assertThat(looks).as("nobody looks at what is complete").isEqualTo(before);
    }

    private ReplicaCounts judged(ReplicaCounts told) {
        return observedGenerationCheck
                .on("m1", workload(ReplicaCounts.NONE), new There(told, Optional.empty(), ""))
                .counts();
    }

    @Test
    void aWorkloadThatTheWatchTellsLateIsNotJudgedByWhatWasBefore() {
        // the mark is written, the watch has published neither it nor the new template
        there = new ReplicaCounts(2, 2, 2, 2, 2, true);
        judged(TWO);
        assertThat(judged(TWO).observed()).isTrue();
        written.put(workload(ReplicaCounts.NONE, "new", "u/new", 2));
        assertThat(judged(TWO).observed()).isFalse();
        assertThat(observedGenerationCheck
                        .on("m1", workload(ReplicaCounts.NONE), new There(TWO, Optional.of(1L), ""))
                        .counts()
                        .observed())
                .as("a Karmada that says of which generation its numbers are")
                .isFalse();
    }

    @Test
    void aMarkThatIsOlderThanTheTemplateIsWaitedFor() {
        assertThat(observedGenerationCheck
                        .on("m1", workload(ReplicaCounts.NONE, "new", "u/t", 2), new There(TWO, Optional.empty(), ""))
                        .counts()
                        .observed())
                .isFalse();
    }

    private static ObservedWorkload workload(ReplicaCounts counts) {
        return workload(counts, "t", "u/t", 1);
    }

    private static ObservedWorkload workload(ReplicaCounts counts, String template, String revision, long generation) {
        return workload(counts, template, revision, generation, Optional.empty());
    }

    private ObservedWorkload seen(ReplicaCounts counts) {
        return workload(counts, "t", "u/t", 1, givenUp);
    }

    private static ObservedWorkload workload(
            ReplicaCounts counts, String template, String revision, long generation, Optional<String> failure) {
        return new ObservedWorkload(
                "Deployment",
                "p",
                "web",
                "u",
                generation,
                template,
                Resources.NONE,
                Map.of(),
                new ObservedLabels("web", "", "", revision, true, "", ""),
                new RolloutProgress(counts, 0, "", failure),
                Optional.empty());
    }
}
