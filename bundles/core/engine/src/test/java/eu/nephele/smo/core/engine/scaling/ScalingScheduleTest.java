// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand graphs wait for their turn, and the clock jumps. */
class ScalingScheduleTest {

    private static final int GRAPHS = 10_000;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final ScalingSchedule schedule = new ScalingSchedule(INTERVAL);

    ScalingScheduleTest() {
        IntStream.range(0, GRAPHS)
                .forEach(i -> schedule.schedule(new GraphId("p", "g" + i), GraphPhase.RUNNING, 0, NOW));
        assertThat(schedule.take(NOW).graphs()).hasSize(GRAPHS);
    }

    @Test
    void eachIsDueOnceAnInterval() {
        assertThat(schedule.take(NOW.plus(INTERVAL).minusMillis(1)).graphs()).isEmpty();
        assertThat(schedule.take(NOW.plus(INTERVAL)).graphs()).hasSize(GRAPHS);
        assertThat(schedule.take(NOW.plus(INTERVAL)).graphs()).isEmpty();
    }

    @Test
    void aClockThatGoesBackMakesNobodyWaitUntilItHasCaughtUp() {
        goesOnFrom(NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatGoesAheadMakesEachDueOnceNotOnceForEachIntervalThatWasLeftOut() {
        goesOnFrom(NOW.plus(Duration.ofHours(1)));
    }

    private void goesOnFrom(Instant jumped) {
        List<GraphId> due = schedule.take(jumped).graphs();
        assertThat(due).hasSize(GRAPHS).doesNotHaveDuplicates();
        assertThat(schedule.take(jumped.plusSeconds(1)).graphs()).isEmpty();
        assertThat(schedule.take(jumped.plus(INTERVAL)).graphs()).hasSize(GRAPHS);
    }

    /** The server has a look each second or so, which is in between. */
    @Test
    void turnsThatComeALittleLateDoNotAddUp() {
        int turns = 0;
        for (Instant now = NOW.plusSeconds(1); !now.isAfter(NOW.plusSeconds(3600)); now = now.plusMillis(7700)) {
            turns += schedule.take(now).graphs().isEmpty() ? 0 : 1;
        }

        assertThat(turns).isBetween(119, 120);
    }

    @Test
    void whoIsFarBehindHasAnIntervalOfRest() {
        Instant late = NOW.plus(INTERVAL).plusSeconds(16);

        assertThat(schedule.take(late).graphs()).hasSize(GRAPHS);
        assertThat(schedule.take(late.plus(INTERVAL).minusMillis(1)).graphs()).isEmpty();
        assertThat(schedule.take(late.plus(INTERVAL)).graphs()).hasSize(GRAPHS);
    }

    @Test
    void intervalsThatEndBeforeAGraphHasItsTurnAreCounted() {
        ScalingSchedule schedule = new ScalingSchedule(INTERVAL);
        GraphId graph = new GraphId("p", "late");
        schedule.schedule(graph, GraphPhase.RUNNING, 0, NOW);
        assertThat(schedule.take(NOW).missed()).isZero();
        assertThat(schedule.take(NOW.plus(INTERVAL.multipliedBy(2)).minusMillis(1))
                        .missed())
                .isZero();
        assertThat(schedule.take(NOW.plus(INTERVAL.multipliedBy(5))).missed()).isEqualTo(3);
    }

    /** Passes come when the server has time: however far they are apart, each interval was looked at or missed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 29, 61})
    void looksAndMissedOnesAreAllIntervalsThatEnded(int secondsApart) {
        ScalingSchedule schedule = new ScalingSchedule(INTERVAL);
        schedule.schedule(new GraphId("p", "late"), GraphPhase.RUNNING, 5, NOW);
        assertThat(schedule.take(NOW)).isEqualTo(new ScalingSchedule.Turn(List.of(new GraphId("p", "late")), 0));
        long looks = 0;
        long missed = 0;
        for (int second = secondsApart; second <= 300; second += secondsApart) {
            ScalingSchedule.Turn turn = schedule.take(NOW.plusSeconds(second));
            looks += turn.graphs().size();
            missed += turn.missed();
            if (!turn.graphs().isEmpty()) {
                assertThat(looks + missed).as("after %d s", second).isEqualTo(second / 5);
            }
        }
        assertThat(looks).isLessThanOrEqualTo(60).isGreaterThanOrEqualTo(300 / (5 + secondsApart));
    }

    @Test
    void aClockThatGoesBackMissesNothingAndTheCountGoesOnFromThere() {
        Instant back = NOW.minus(Duration.ofHours(1));
        assertThat(schedule.take(back).missed()).isZero();
        assertThat(schedule.take(back.plus(INTERVAL)).missed()).isZero();
        assertThat(schedule.take(back.plus(INTERVAL.multipliedBy(5))).missed()).isEqualTo(3L * GRAPHS);
    }

    @Test
    void aLookThatIsHastenedIsNoIntervalThatWasMissed() {
        ScalingSchedule schedule = new ScalingSchedule(INTERVAL);
        GraphId graph = new GraphId("p", "held");
        schedule.schedule(graph, GraphPhase.RUNNING, 0, NOW);
        schedule.take(NOW);
        schedule.hasten(graph, NOW.plusSeconds(10));
        assertThat(schedule.take(NOW.plusSeconds(10)).graphs()).containsExactly(graph);
        assertThat(schedule.take(NOW.plusSeconds(40)).missed()).isZero();
        assertThat(schedule.take(NOW.plusSeconds(100)).missed()).isEqualTo(1);
    }
}
