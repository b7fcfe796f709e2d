// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans come at their times, while this server owns the database, and whatever happened to those before. */
class FleetScheduleTest {

    private static final Tenure TENURE = new HeldTenure();

    private final List<Instant> runs = new ArrayList<>();

    private FleetSchedule schedule(ManualTime time, Map<String, Object> properties, Consumer<Tenure> run) {
        return new FleetSchedule(
                FleetScheduleSettings.from(FleetConfigWith.properties(properties)),
                tenure -> {
                    runs.add(time.clock().instant());
                    run.accept(tenure);
                },
                time,
                time.clock());
    }

    private FleetSchedule schedule(ManualTime time, Map<String, Object> properties) {
        return schedule(time, properties, tenure -> {});
    }

    /** The runs of an owner from one moment to another one. */
    private List<Instant> runs(String from, String to, Map<String, Object> properties) {
        ManualTime time = new ManualTime(Instant.parse(from));
        try (FleetSchedule schedule = schedule(time, properties)) {
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse(to));
        }
        return runs;
    }

    private static Map<String, Object> inBerlin(String cron) {
        return Map.of("schedule", cron, "scheduleTimeZone", "Europe/Berlin");
    }

    private static List<Instant> at(String... moments) {
        return List.of(moments).stream().map(Instant::parse).toList();
    }

    @Test
    void nothingIsScheduledUnlessItIsConfigured() {
        assertThat(runs("2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z", Map.of()))
                .isEmpty();
    }

    @Test
    void runsAtTheWantedTimesOfWorkdays() {
        assertThat(runs("2026-11-20T00:00:10Z", "2026-11-24T12:00:00Z", Map.of("schedule", "30 3 * * MON-FRI")))
                .isEqualTo(at("2026-11-20T03:30:00Z", "2026-11-23T03:30:00Z", "2026-11-24T03:30:00Z"));
    }

    @Test
    void aDayOfTheMonthOrOfTheWeekIsEnoughAsInCron() {
        assertThat(runs("2026-11-20T00:00:00Z", "2026-12-02T00:00:00Z", Map.of("schedule", "0 6 1 * 7")))
                .isEqualTo(at("2026-11-22T06:00:00Z", "2026-11-29T06:00:00Z", "2026-12-01T06:00:00Z"));
    }

    @Test
    void theTimesAreThoseOfTheZoneInSummerAndInWinter() {
        assertThat(runs("2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", inBerlin("30 3 * * *")))
                .isEqualTo(at("2026-07-01T01:30:00Z"));
        runs.clear();
        assertThat(runs("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z", inBerlin("30 3 * * *")))
                .isEqualTo(at("2026-12-01T02:30:00Z"));
    }

    @Test
    void aTimeThatTheClocksLeaveOutComesWhenTheyAreSetForward() {
        assertThat(runs("2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z", inBerlin("30 2 * * *")))
                .isEqualTo(at("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"));
        runs.clear();
        assertThat(runs("2026-03-29T00:50:00Z", "2026-03-29T01:20:00Z", inBerlin("*/15 * * * *")))
                .as("those of the hour that is left out come together")
                .isEqualTo(at("2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z"));
    }

    @Test
    void aTimeThatTheClocksShowTwiceComesOnce() {
        assertThat(runs("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", inBerlin("30 2 * * *")))
                .isEqualTo(at("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
        runs.clear();
        assertThat(runs("2026-10-25T00:40:00Z", "2026-10-25T02:20:00Z", inBerlin("*/15 * * * *")))
                .isEqualTo(at("2026-10-25T00:45:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:15:00Z"));
    }

    @Test
    void aServerThatBeginsWhenTheClocksShowAnHourAgainWaitsForTheNextOne() {
        assertThat(runs("2026-10-25T01:10:00Z", "2026-10-25T02:10:00Z", inBerlin("*/15 * * * *")))
                .isEqualTo(at("2026-10-25T02:00:00Z"));
    }

    @Test
    void onlyTheOwnerRunsAndNothingIsMadeUp() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "0 * * * *"))) {
            time.advanceTo(Instant.parse("2026-11-20T02:30:00Z"));
            assertThat(runs).as("it stands by").isEmpty();
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T03:30:00Z"));
            assertThat(runs).isEqualTo(at("2026-11-20T03:00:00Z"));
            schedule.unbindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T05:30:00Z"));
            assertThat(runs).as("another one took over").hasSize(1);
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T06:30:00Z"));
            assertThat(runs).isEqualTo(at("2026-11-20T03:00:00Z", "2026-11-20T06:00:00Z"));
        }
    }

    @Test
    void whatIsUnderWayHasNoTimeLeftWhenTheTenureIsOver() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        List<Duration> left = new ArrayList<>();
        List<FleetSchedule> schedules = new ArrayList<>();
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "0 * * * *"), tenure -> {
            left.add(tenure.left());
            schedules.get(0).unbindTenure(TENURE);
            left.add(tenure.left());
        })) {
            schedules.add(schedule);
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T01:30:00Z"));
        }
        assertThat(left).containsExactly(TENURE.left(), Duration.ZERO);
    }

    @Test
    void aTenureThatIsExchangedBeforeTheTimeLosesNothing() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "30 3 * * *"))) {
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T03:00:00Z"));
            Tenure another = new HeldTenure(Duration.ofSeconds(6));
            schedule.bindTenure(another);
            schedule.unbindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T04:00:00Z"));
        }
        assertThat(runs).isEqualTo(at("2026-11-20T03:30:00Z"));
    }

    @Test
    void nothingRunsWhenItIsClosed() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "0 * * * *"))) {
            schedule.bindTenure(TENURE);
        }
        time.advance(Duration.ofHours(3));
        assertThat(runs).isEmpty();
    }

    @Test
    void aRunThatFailsDoesNotStopTheNextOne() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "0 * * * *"), tenure -> {
            throw new IllegalStateException("unforeseen");
        })) {
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T02:30:00Z"));
        }
        assertThat(time.failures()).isEqualTo(2);
        assertThat(runs).isEqualTo(at("2026-11-20T01:00:00Z", "2026-11-20T02:00:00Z"));
    }

    @Test
    void timesThatComeWhileAPlanIsMadeAreLeftOut() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(
                time,
                Map.of("schedule", "*/5 * * * *"),
                tenure -> time.set(time.clock().instant().plusSeconds(720)))) {
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T00:31:00Z"));
        }
        assertThat(runs).startsWith(Instant.parse("2026-11-20T00:05:00Z"), Instant.parse("2026-11-20T00:20:00Z"));
    }

    @Test
    void aTimeThatTheClockJumpsOverIsMissed() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T03:29:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "30 3 * * *"))) {
            schedule.bindTenure(TENURE);
            time.set(Instant.parse("2026-11-20T03:40:00Z"));
            time.advanceTo(Instant.parse("2026-11-21T04:00:00Z"));
        }
        assertThat(runs).isEqualTo(at("2026-11-21T03:30:00Z"));
    }

    @Test
    void aClockThatIsSetBackALittleBringsNoTimeTwice() {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T03:29:00Z"));
        try (FleetSchedule schedule = schedule(
                time, Map.of("schedule", "30 3 * * *"), tenure -> time.set(Instant.parse("2026-11-20T03:29:58Z")))) {
            schedule.bindTenure(TENURE);
            time.advanceTo(Instant.parse("2026-11-20T05:00:00Z"));
        }
        assertThat(runs).hasSize(1);
    }

    @Test
    void aClockThatWasFarAheadAndIsSetRightDelaysNothing() {
        ManualTime time = new ManualTime(Instant.parse("2027-11-20T03:20:00Z"));
        try (FleetSchedule schedule = schedule(time, Map.of("schedule", "30 3 * * *"))) {
            schedule.bindTenure(TENURE);
            time.set(Instant.parse("2026-11-20T03:20:00Z"));
            time.advanceTo(Instant.parse("2026-11-20T04:00:00Z"));
        }
        assertThat(runs).isEqualTo(at("2026-11-20T03:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule           | 61 3 * * *       | expected minute, hour",
                "schedule           | 0 3 * *          | expected minute, hour",
                "schedule           | at night         | expected minute, hour",
                "schedule           | 0 0 31 2 *       | there is no such day",
                "schedule           | */0 * * * *      | expected minute, hour",
                "scheduleTimeZone   | Europe/Atlantis  | expected a name such as Europe/Berlin",
                "scheduleMaxMoves   | -1               | expected 0 or more",
                "scheduleObjectives | carbon=1,price   | expected name=weight",
                "scheduleObjectives | carbon=much      | expected name=weight",
                "scheduleObjectives | carbon=-1        | expected name=weight",
                "scheduleObjectives | =1               | expected name=weight",
            })
    void whatMakesNoSenseIsToldAndSchedulesNothing(String property, String value, String expected) {
        Map<String, Object> properties = new HashMap<>(Map.of("schedule", "0 * * * *"));
        properties.put(
                property,
                switch (property) {
                    case "scheduleObjectives" -> new String[] {value};
                    case "scheduleMaxMoves" -> Integer.parseInt(value);
                    default -> value;
                });
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T00:00:00Z"));
        try (FleetSchedule schedule = schedule(time, properties)) {
            schedule.bindTenure(TENURE);
            time.advance(Duration.ofHours(3));
            assertThat(schedule.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("eu.nephele.smo.core.fleet: " + property + "=")
                    .contains(expected);
        }
        assertThat(runs).isEmpty();
    }

    @Test
    void theQuestionIsTheConfiguredOne() {
        FleetScheduleSettings settings = FleetScheduleSettings.from(FleetConfigWith.properties(Map.of(
                "schedule",
                "0 0 29 2 *",
                "scheduleMaxMoves",
                7,
                "scheduleObjectives",
                new String[] {"carbon=1, moves=0.01", "price = 2"},
                "scheduleApplies",
                true)));
        assertThat(settings.faults()).isEmpty();
        assertThat(settings.request().objectives()).isEqualTo(Map.of("carbon", 1.0, "moves", 0.01, "price", 2.0));
        assertThat(settings.request().maxMoves()).isEqualTo(OptionalInt.of(7));
        assertThat(settings.applies()).isTrue();
        assertThat(settings.times().orElseThrow().next(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2028-02-29T00:00:00Z"));
        assertThat(FleetScheduleSettings.from(FleetConfigWith.properties(Map.of()))
                        .request()
                        .maxMoves())
                .isEmpty();
    }
}
