// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.BindingSeen.There;
import eu.nephele.smo.adapters.karmada.federation.Members.Look;
import eu.nephele.smo.adapters.karmada.federation.Members.State;
import eu.nephele.smo.adapters.karmada.read.Counts;
import eu.nephele.smo.adapters.karmada.read.MarksSeen;
import eu.nephele.smo.adapters.karmada.read.Progress;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
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
    private Optional<String> givenUp = Optional.empty();
    private final LastWrites written = new LastWrites(Duration.ofMinutes(5));
    private final Copies copies = new Copies(
            workload -> Optional.empty(),
            (cluster, workload) -> {
                looks++;
                return new Look(Optional.of(seen(there)), State.SEEN, Duration.ofSeconds(1));
            },
            cluster -> true,
            written::areNewerThan);

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

    @Test
    void whatItsControllerHasGivenUpIsToldAlsoWhereKarmadaSaysOfWhichGenerationItsNumbersAre() {
        givenUp = Optional.of("ProgressDeadlineExceeded: too long");
        Counts old = new Counts(2, 3, 1, 2, 2, true);
        assertThat(copies.on("m1", workload(Counts.NONE), new There(old, Optional.of(1L), ""))
                        .failure())
                .isEqualTo(givenUp);
        int before = looks;
        assertThat(copies.on("m1", workload(Counts.NONE), new There(TWO.withDesired(2), Optional.of(1L), ""))
                        .failure())
                .isEmpty();
        assertThat(copies.on("m1", workload(Counts.NONE, "new", "u/t", 1), new There(old, Optional.of(1L), ""))
                        .failure())
                .as("the mark is older than the template")
                .isEmpty();
        assertThat(looks).as("nobody looks at what is complete").isEqualTo(before);
    }

    private Counts judged(Counts told) {
        return copies.on("m1", workload(Counts.NONE), new There(told, Optional.empty(), ""))
                .counts();
    }

    @Test
    void aWorkloadThatTheWatchTellsLateIsNotJudgedByWhatWasBefore() {
        // F-30: the mark was written, the watch has told neither it nor the new template
        there = new Counts(2, 2, 2, 2, 2, true);
        judged(TWO);
        assertThat(judged(TWO).observed()).isTrue();
        written.put(workload(Counts.NONE, "new", "u/new", 2));
        assertThat(judged(TWO).observed()).isFalse();
        assertThat(copies.on("m1", workload(Counts.NONE), new There(TWO, Optional.of(1L), ""))
                        .counts()
                        .observed())
                .as("a Karmada that says of which generation its numbers are")
                .isFalse();
    }

    @Test
    void aMarkThatIsOlderThanTheTemplateIsWaitedFor() {
        assertThat(copies.on("m1", workload(Counts.NONE, "new", "u/t", 2), new There(TWO, Optional.empty(), ""))
                        .counts()
                        .observed())
                .isFalse();
    }

    private static WorkloadSeen workload(Counts counts) {
        return workload(counts, "t", "u/t", 1);
    }

    private static WorkloadSeen workload(Counts counts, String template, String revision, long generation) {
        return workload(counts, template, revision, generation, Optional.empty());
    }

    private WorkloadSeen seen(Counts counts) {
        return workload(counts, "t", "u/t", 1, givenUp);
    }

    private static WorkloadSeen workload(
            Counts counts, String template, String revision, long generation, Optional<String> failure) {
        return new WorkloadSeen(
                "Deployment",
                "p",
                "web",
                "u",
                generation,
                template,
                Resources.NONE,
                Map.of(),
                new MarksSeen("web", "", "", revision, true, "", ""),
                new Progress(counts, 0, "", failure),
                Optional.empty());
    }
}
