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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens outside of all windows, and days on which business hours do not begin. */
class OutsideAndHolidaysTest {

    private static final List<Day> WEEK = List.of(Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI);
    private static final List<Day> ALL = List.of(Day.values());

    private static Window hours(List<Day> days, String from, String to, Optional<String> zone, Optional<Integer> min) {
        return new Window(
                Optional.of("office"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BusinessHours(days, from, to)),
                Optional.empty(),
                Optional.empty(),
                zone,
                min,
                Optional.empty());
    }

    private static Window office() {
        return hours(WEEK, "09:00", "17:00", Optional.empty(), Optional.empty());
    }

    private static ScheduledParameters berlin(OutsideRule outside, List<String> holidays, Window... windows) {
        return new ScheduledParameters(
                Optional.empty(), "Europe/Berlin", List.of(windows), Duration.ofMinutes(10), outside, holidays);
    }

    /** A service of four replicas, bounds 1 to 30. */
    private static String told(ScheduledParameters parameters, String now) {
        return told(parameters, now, 4);
    }

    private static String told(ScheduledParameters parameters, String now, int replicas) {
        ScalingTarget target = ScalingTarget.builder(new GraphId("p", "g"), "a", new ClusterId("sim", "c1"))
                .replicas(replicas)
                .bounds(1, 30)
                .build();
        Prepared prepared = new ScheduledStrategy()
                .prepare(ScalingRequest.of(List.of(target), List.of()), new At(Instant.parse(now), parameters));
        ScalingTarget after = prepared.targets().get(0);
        return "%d..%d %s"
                .formatted(
                        after.minReplicas(),
                        after.maxReplicas(),
                        prepared.notes().get(0).orElse(""));
    }

    @Test
    void replicasStayOutsideAndTheBaseDecidesInside() {
        ScheduledParameters keep = berlin(OutsideRule.KEEP, List.of(), office());
        assertThat(told(keep, "2026-11-27T07:59:59Z"))
                .isEqualTo("4..4 outside of all windows; office begins Fri 2026-11-27 09:00 Europe/Berlin;"
                        + " the replicas stay");
        assertThat(told(keep, "2026-11-27T08:00:00Z"))
                .isEqualTo("1..30 in office until Fri 2026-11-27 17:00 Europe/Berlin");
        assertThat(told(keep, "2026-11-27T16:00:00Z")).startsWith("4..4 ");
        assertThat(told(keep, "2026-11-28T12:00:00Z")).startsWith("4..4 ");
        assertThat(told(keep, "2026-11-28T12:00:00Z", 40))
                .as("within its bounds")
                .startsWith("30..30 ");
        assertThat(told(keep, "2026-11-28T12:00:00Z", 0)).startsWith("1..1 ");
    }

    @Test
    void outsideItGoesToTheMinimum() {
        ScheduledParameters minimum = berlin(OutsideRule.MINIMUM, List.of(), office());
        assertThat(told(minimum, "2026-11-27T16:00:00Z"))
                .isEqualTo("1..1 outside of all windows; office begins Mon 2026-11-30 09:00 Europe/Berlin;"
                        + " no more than the minimum");
        assertThat(told(minimum, "2026-11-27T15:59:59Z")).startsWith("1..30 ");
    }

    @Test
    void theMinimumOfAWindowAppliesAWarmUpAheadUnderEachRule() {
        Window window = hours(WEEK, "09:00", "17:00", Optional.empty(), Optional.of(6));
        String warming = "2026-11-27T07:50:00Z";
        assertThat(told(berlin(OutsideRule.BASE, List.of(), window), warming)).startsWith("6..30 ");
        assertThat(told(berlin(OutsideRule.KEEP, List.of(), window), warming)).startsWith("6..6 ");
        assertThat(told(berlin(OutsideRule.KEEP, List.of(), window), warming, 9))
                .startsWith("9..9 ");
        assertThat(told(berlin(OutsideRule.MINIMUM, List.of(), window), warming, 9))
                .isEqualTo("6..6 at least 6 replicas in office, which begins Fri 2026-11-27 09:00 Europe/Berlin;"
                        + " no more than the minimum");
    }

    /** On 29 March clocks go from 02:00 to 03:00, on 25 October from 03:00 back to 02:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T07:59:00Z, false",
        "2026-03-28T08:00:00Z, true",
        "2026-03-29T06:59:00Z, false",
        "2026-03-29T07:00:00Z, true",
        "2026-03-29T15:00:00Z, false",
        "2026-10-24T07:00:00Z, true",
        "2026-10-25T07:00:00Z, false",
        "2026-10-25T08:00:00Z, true",
        "2026-10-25T16:00:00Z, false",
    })
    void theHoursAreThoseOfTheClocksOfTheZone(String now, boolean open) {
        ScheduledParameters keep =
                berlin(OutsideRule.KEEP, List.of(), hours(ALL, "09:00", "17:00", Optional.empty(), Optional.empty()));
        assertThat(told(keep, now)).startsWith(open ? "1..30 in office" : "4..4 outside");
    }

    @Test
    void onAHolidayBusinessHoursDoNotBegin() {
        ScheduledParameters closed = berlin(OutsideRule.KEEP, List.of("2026-12-24", "12-25", "01-01"), office());
        assertThat(told(closed, "2026-12-23T12:00:00Z")).startsWith("1..30 ");
        assertThat(told(closed, "2026-12-24T12:00:00Z"))
                .isEqualTo("4..4 outside of all windows; office begins Mon 2026-12-28 09:00 Europe/Berlin;"
                        + " the replicas stay");
        assertThat(told(closed, "2027-12-24T12:00:00Z")).as("in that year only").startsWith("1..30 ");
        assertThat(told(closed, "2028-12-25T12:00:00Z"))
                .as("each year, a Monday")
                .startsWith("4..4 ");
        assertThat(told(closed, "2029-01-01T12:00:00Z")).as("a Monday").startsWith("4..4 ");
    }

    @Test
    void theDayOfAHolidayIsThatOfTheZoneOfTheWindow() {
        ScheduledParameters tokyo = berlin(
                OutsideRule.KEEP,
                List.of("2026-12-24"),
                hours(ALL, "00:00", "24:00", Optional.of("Asia/Tokyo"), Optional.empty()));
        assertThat(told(tokyo, "2026-12-23T14:59:00Z"))
                .as("23:59 on 23 December")
                .startsWith("1..30 ");
        assertThat(told(tokyo, "2026-12-23T15:00:00Z")).as("midnight").startsWith("4..4 ");
        assertThat(told(tokyo, "2026-12-24T14:59:00Z")).startsWith("4..4 ");
        assertThat(told(tokyo, "2026-12-24T15:00:00Z")).startsWith("1..30 ");
    }

    @Test
    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin() {
        ScheduledParameters night = berlin(
                OutsideRule.KEEP,
                List.of("2026-12-24"),
                hours(ALL, "22:00", "06:00", Optional.empty(), Optional.empty()));
        assertThat(told(night, "2026-12-24T04:00:00Z"))
                .as("of the evening before")
                .startsWith("1..30 ");
        assertThat(told(night, "2026-12-24T22:00:00Z")).startsWith("4..4 ");
        assertThat(told(night, "2026-12-25T04:00:00Z")).startsWith("4..4 ");
    }

    @Test
    void theLastDayOfFebruaryComesInLeapYears() {
        ScheduledParameters leap = berlin(
                OutsideRule.KEEP, List.of("02-29"), hours(ALL, "09:00", "17:00", Optional.empty(), Optional.empty()));
        assertThat(told(leap, "2028-02-29T12:00:00Z")).startsWith("4..4 ");
        assertThat(told(leap, "2027-02-28T12:00:00Z")).startsWith("1..30 ");
        assertThat(told(leap, "2027-03-01T12:00:00Z")).startsWith("1..30 ");
    }

    @Test
    void otherWindowsKnowNoHolidays() {
        Window dates = new Window(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2026-12-24"),
                Optional.of("2026-12-26"),
                Optional.empty(),
                Optional.of(9),
                Optional.empty());
        assertThat(told(berlin(OutsideRule.BASE, List.of("2026-12-24"), dates), "2026-12-24T12:00:00Z"))
                .startsWith("9..30 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24.12.", "2026-13-01", "13-01", "02-30", "2026-02-29", "2026-12-24T00:00"})
    void whatIsNoDayIsRefused(String day) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> berlin(OutsideRule.KEEP, List.of(day), office()))
                .withMessageContaining("expected a holiday as 2026-12-24");
    }

    @Test
    void moreHolidaysThanDaysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> berlin(OutsideRule.KEEP, Collections.nCopies(367, "12-25"), office()))
                .withMessageContaining("got 367");
    }
}
