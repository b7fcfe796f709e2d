// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.scaling.scheduled.BusinessHours.Day;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduledStrategyTest {

    private static final Optional<Integer> NONE = Optional.empty();
    private static final List<Day> WEEK = List.of(Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI);

    private static Window hours(String name, List<Day> days, String from, String to, Integer min, Integer max) {
        return new Window(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BusinessHours(days, from, to)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(min),
                Optional.ofNullable(max));
    }

    private static Window once(String from, String until, int min) {
        return new Window(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(until),
                Optional.empty(),
                Optional.of(min),
                NONE);
    }

    private static Window cron(String cron, Integer minutes, String zone) {
        return new Window(
                Optional.empty(),
                Optional.of(cron),
                Optional.ofNullable(minutes),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(zone),
                Optional.of(3),
                NONE);
    }

    private static ScheduledParameters berlin(String warmUp, Window... windows) {
        return new ScheduledParameters(
                Optional.empty(),
                "Europe/Berlin",
                List.of(windows),
                Duration.parse(warmUp),
                OutsideRule.BASE,
                List.of());
    }

    private static ScalingTarget target(int min, int max) {
        return ScalingTarget.builder(new GraphId("p", "g"), "a", new ClusterId("sim", "c1"))
                .replicas(2)
                .bounds(min, max)
                .demand(5)
                .build();
    }

    private static Prepared prepared(ScheduledParameters parameters, String now, ScalingTarget... targets) {
        return new ScheduledStrategy()
                .prepare(ScalingRequest.of(List.of(targets), List.of()), new At(Instant.parse(now), parameters));
    }

    private static String told(ScheduledParameters parameters, String now) {
        return told(parameters, now, target(1, 30));
    }

    private static String told(ScheduledParameters parameters, String now, ScalingTarget target) {
        Prepared prepared = prepared(parameters, now, target);
        ScalingTarget after = prepared.targets().get(0);
        return "%d..%d %s"
                .formatted(
                        after.minReplicas(),
                        after.maxReplicas(),
                        prepared.notes().get(0).orElse(""));
    }

    @Test
    void itsBoundsApplyInAWindowAndTheServicesOwnOutside() {
        ScheduledParameters day = berlin("PT0S", hours("office", WEEK, "08:00", "18:00", 4, 20));
        assertThat(told(day, "2026-11-27T06:59:59Z"))
                .isEqualTo("1..30 outside of all windows; office begins Fri 2026-11-27 08:00 Europe/Berlin");
        assertThat(told(day, "2026-11-27T07:00:00Z"))
                .isEqualTo("4..20 4 to 20 replicas in office until Fri 2026-11-27 18:00 Europe/Berlin");
        assertThat(told(day, "2026-11-27T16:59:59Z")).startsWith("4..20 ");
        assertThat(told(day, "2026-11-27T17:00:00Z"))
                .isEqualTo("1..30 outside of all windows; office begins Mon 2026-11-30 08:00 Europe/Berlin");
    }

    @Test
    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin() {
        ScheduledParameters night = berlin("PT0S", hours("night", List.of(Day.FRI), "22:00", "06:00", null, 2));
        assertThat(told(night, "2026-11-28T04:59:00Z"))
                .isEqualTo("1..2 at most 2 replicas in night until Sat 2026-11-28 06:00 Europe/Berlin");
        assertThat(told(night, "2026-11-28T21:30:00Z")).startsWith("1..30 ");
        ScheduledParameters sunday = berlin("PT0S", hours("sun", List.of(Day.SUN), "00:00", "24:00", null, 2));
        assertThat(told(sunday, "2026-11-28T23:00:00Z"))
                .isEqualTo("1..2 at most 2 replicas in sun until Mon 2026-11-30 00:00 Europe/Berlin");
    }

    @Test
    void aWindowMayHaveAZoneOfItsOwn() {
        ScheduledParameters tokyo = berlin("PT0S", cron("0 8 * * 1-5", 60, "Asia/Tokyo"));
        assertThat(told(tokyo, "2026-11-26T23:00:00Z"))
                .isEqualTo("3..30 at least 3 replicas in window 1 until Fri 2026-11-27 09:00 Asia/Tokyo");
        assertThat(told(tokyo, "2026-11-27T07:00:00Z")).startsWith("1..30 ");
    }

    @Test
    void theLastDayOfDatesIsIncludedAndAfterItNothingIsToCome() {
        ScheduledParameters sale = berlin("PT0S", once("2026-12-24", "2026-12-26", 9));
        assertThat(told(sale, "2026-12-23T23:00:00Z")).startsWith("9..30 ");
        assertThat(told(sale, "2026-12-26T22:59:00Z")).contains("until Sun 2026-12-27 00:00");
        assertThat(told(sale, "2026-12-26T23:00:00Z")).isEqualTo("1..30 outside of all windows, and none is to come");
        ScheduledParameters hour = berlin("PT0S", once("2026-12-24T18:00", "2026-12-24T19:00", 9));
        assertThat(told(hour, "2026-12-24T17:30:00Z")).startsWith("9..30 ");
        assertThat(told(hour, "2026-12-24T18:00:00Z")).startsWith("1..30 ");
    }

    @Test
    void theMinimumAppliesAWarmUpAheadAndTheMaximumDoesNot() {
        ScheduledParameters day = berlin("PT15M", hours("office", WEEK, "08:00", "18:00", 4, 20));
        assertThat(told(day, "2026-11-27T06:44:59Z")).startsWith("1..30 outside");
        assertThat(told(day, "2026-11-27T06:45:00Z"))
                .isEqualTo("4..30 at least 4 replicas in office, which begins Fri 2026-11-27 08:00 Europe/Berlin");
    }

    @Test
    void ofSeveralWindowsTheLargestMinimumAndTheSmallestMaximumCount() {
        ScheduledParameters both = berlin(
                "PT0S",
                hours("day", WEEK, "06:00", "20:00", 3, 12),
                hours("noon", WEEK, "11:00", "14:00", 6, 15),
                hours("lunch", WEEK, "12:00", "13:00", 2, null));
        assertThat(told(both, "2026-11-27T11:30:00Z"))
                .isEqualTo("6..12 at least 6 replicas in noon until Fri 2026-11-27 14:00 Europe/Berlin,"
                        + " at most 12 replicas in day until Fri 2026-11-27 20:00 Europe/Berlin");
    }

    @Test
    void whereTheyContradictTheMinimumWinsAndItIsSaid() {
        ScheduledParameters change = berlin(
                "PT10M",
                hours("day", WEEK, "08:00", "18:00", 10, null),
                hours("night", WEEK, "18:00", "08:00", null, 2));
        assertThat(told(change, "2026-11-27T06:55:00Z"))
                .isEqualTo("10..10 at least 10 replicas in day, which begins Fri 2026-11-27 08:00 Europe/Berlin,"
                        + " at most 2 replicas in night until Fri 2026-11-27 08:00 Europe/Berlin; the minimum wins");
    }

    @Test
    void boundsAreOnlyNarrowedWithinThoseOfTheService() {
        ScheduledParameters day = berlin("PT0S", hours("office", WEEK, "08:00", "18:00", 4, 20));
        assertThat(told(day, "2026-11-27T09:00:00Z", target(0, 3)))
                .isEqualTo("3..3 4 to 20 replicas in office until Fri 2026-11-27 18:00 Europe/Berlin;"
                        + " cut to its own bounds, 0 to 3");
        assertThat(told(day, "2026-11-27T09:00:00Z", target(25, 30))).startsWith("25..25 ");
        assertThat(told(day, "2026-11-27T09:00:00Z", target(5, 15))).startsWith("5..15 ");
        assertThat(told(day, "2026-11-27T09:00:00Z", target(0, 0))).startsWith("0..0 ");
    }

    @Test
    void ofAServiceOnSeveralClustersEachHasItsPart() {
        ScheduledParameters day = berlin("PT0S", hours("office", WEEK, "08:00", "18:00", 4, 20));
        assertThat(told(
                        day,
                        "2026-11-27T09:00:00Z",
                        target(0, 20).change().portion(0.25).build()))
                .startsWith("1..5 4 to 20 replicas in office");
        ScalingTarget[] thirds = IntStream.range(0, 3)
                .mapToObj(i -> ScalingTarget.builder(new GraphId("p", "g"), "a", new ClusterId("sim", "c" + i))
                        .bounds(0, 7)
                        .portion(1.0 / 3)
                        .build())
                .toArray(ScalingTarget[]::new);
        List<ScalingTarget> after =
                prepared(day, "2026-11-27T09:00:00Z", thirds).targets();
        assertThat(after).extracting(ScalingTarget::minReplicas).containsExactly(2, 1, 1);
        assertThat(after).extracting(ScalingTarget::maxReplicas).containsExactly(7, 7, 6);
        assertThat(after.stream().mapToInt(ScalingTarget::maxReplicas).sum()).isEqualTo(20);
        assertThat(told(
                        day,
                        "2026-11-27T09:00:00Z",
                        target(0, 20).change().portion(0).build()))
                .startsWith("0..0 ");
    }

    @Test
    void nothingButTheBoundsChanges() {
        ScalingTarget target = target(1, 30);
        ScheduledParameters day = berlin("PT0S", hours("office", WEEK, "08:00", "18:00", 4, 20));
        ScalingTarget after =
                prepared(day, "2026-11-27T09:00:00Z", target).targets().get(0);
        assertThat(after.change().bounds(1, 30).build()).isEqualTo(target);
    }

    /** A window that applies all the time: with each target the cron is not read again. */
    @Test
    void fiveThousandTargetsTakeHardlyLongerThanOne() {
        ScheduledParameters parameters = berlin(
                "PT5M",
                IntStream.range(0, 20)
                        .mapToObj(i -> cron("%d 8 * * 1-5".formatted(i), 60, null))
                        .toArray(Window[]::new));
        ScalingTarget[] many = IntStream.range(0, 5000)
                .mapToObj(i -> ScalingTarget.builder(new GraphId("p", "g" + i), "a", new ClusterId("sim", "c1"))
                        .bounds(1, 30)
                        .build())
                .toArray(ScalingTarget[]::new);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long begin = System.nanoTime();
            assertThat(prepared(parameters, "2026-11-27T07:30:00Z", many).targets())
                    .hasSize(5000);
            best = Math.min(best, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aWindowThatNeverOpensIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cron("0 0 31 2 *", 60, null))
                .withMessage("cron=\"0 0 31 2 *\": there is no such day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once("2026-12-26", "2026-12-24", 9))
                .withMessageContaining("would never begin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hours("none", List.of(), "08:00", "18:00", 1, 2))
                .withMessageContaining("never begin");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cron("0 8 * * 1-5", 60, "Europe/Berln"))
                .withMessageContaining("zone=Europe/Berln is no time zone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScheduledParameters(
                        Optional.empty(),
                        "Berlin",
                        List.of(cron("0 8 * * *", 60, null)),
                        Duration.ZERO,
                        OutsideRule.BASE,
                        List.of()))
                .withMessageContaining("zone=Berlin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cron("0 8 * *", 60, null))
                .withMessageContaining("cron=\"0 8 * *\": ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cron("0 8 * * *", null, null))
                .withMessageContaining("durationMinutes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hours("x", WEEK, "8", "18:00", 1, 2))
                .withMessageContaining("expected a time as 08:00, got 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hours("x", WEEK, "08:00", "08:00", 1, 2))
                .withMessageContaining("both 08:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hours("x", WEEK, "08:00", "18:00", 3, 2))
                .withMessageContaining("minReplicas=3 is above maxReplicas=2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> berlin("PT0S", hours("x", WEEK, "08:00", "18:00", null, null)))
                .withMessageContaining("change nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hours("x".repeat(41), WEEK, "08:00", "18:00", 1, 2))
                .withMessageContaining("40 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once("tomorrow", "2026-12-24", 9))
                .withMessageContaining("got tomorrow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> berlin("PT25H", cron("0 8 * * *", 60, null)))
                .withMessageContaining("warmUp=PT25H");
        assertThatIllegalArgumentException().isThrownBy(() -> berlin("PT0S")).withMessageContaining("got 0");
    }
}
