// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHoursTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

    private static OpeningWindow window(String start, String end, String zone) {
        return window(start, end, zone, DAILY);
    }

    private static OpeningWindow window(String start, String end, String zone, Set<DayOfWeek> days, String... holidays) {
        return new OpeningWindow(
                ClockTime.minutes(start).orElseThrow(),
                ClockTime.minutes(end).orElseThrow(),
                ZoneId.of(zone),
                days,
                Stream.of(holidays).map(Holiday::parse).toList(),
                Duration.ZERO);
    }

    private static OpeningHours hours(OpeningWindow... windows) {
        return new OpeningHours(List.of(windows));
    }

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }

    @ParameterizedTest(name = "{0} to {1} at {2}: {3}")
    @CsvSource({
        "09:00, 17:00, 08:59, false",
        "09:00, 17:00, 09:00, true",
        "09:00, 17:00, 16:59, true",
        "09:00, 17:00, 17:00, false",
        "22:00, 06:00, 21:59, false",
        "22:00, 06:00, 22:00, true",
        "22:00, 06:00, 00:00, true",
        "22:00, 06:00, 05:59, true",
        "22:00, 06:00, 06:00, false",
        "00:00, 24:00, 00:00, true",
        "00:00, 24:00, 23:59, true",
        "23:59, 00:01, 00:00, true",
        "23:59, 00:01, 00:01, false",
    })
    void theBeginIsPartOfItAndTheEndIsNot(String start, String end, String clock, boolean open) {
        OpeningHours hours = hours(window(start, end, "Asia/Dhaka"));
        assertThat(hours.isOpen(at("2026-05-06T" + clock, "Asia/Dhaka"))).isEqualTo(open);
    }

    /**
     * Clocks in Berlin go forward on 29 March 2026 at 02:00 and back on 25 October at 03:00; in New York on 8 March at 02:00 and 1 November at
     * 02:00; in Melbourne forward on 4 October at 02:00 and back on 5 April at 03:00; in Sao Paulo, for the last times, forward on 4 November
     * 2018 at midnight and back on 18 February 2018 at midnight. Dhaka has changed them in 2009 only: on 19 June at 23:00.
     */
    @ParameterizedTest(name = "{0} {1}: {2} to {3} is {4} to {5}")
    @CsvSource({
        // 02:30 does not come: it opens when the clocks go on
        "Europe/Berlin, 2026-03-29, 02:30, 05:00, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00Z",
        "America/New_York, 2026-03-08, 02:30, 05:00, 2026-03-08T07:00:00Z, 2026-03-08T09:00:00Z",
        "Australia/Melbourne, 2026-10-04, 02:30, 05:00, 2026-10-03T16:00:00Z, 2026-10-03T18:00:00Z",
        "America/Sao_Paulo, 2018-11-04, 00:30, 05:00, 2018-11-04T03:00:00Z, 2018-11-04T07:00:00Z",
        "Asia/Dhaka, 2009-06-19, 23:30, 05:00, 2009-06-19T17:00:00Z, 2009-06-19T22:00:00Z",
        // the end does not come: it closes when the clocks go on
        "Europe/Berlin, 2026-03-29, 00:30, 02:30, 2026-03-28T23:30:00Z, 2026-03-29T01:00:00Z",
        "America/New_York, 2026-03-08, 00:30, 02:30, 2026-03-08T05:30:00Z, 2026-03-08T07:00:00Z",
        // nothing of it would come: it keeps its length
        "Europe/Berlin, 2026-03-29, 02:15, 02:45, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z",
        // 02:30 comes twice: it opens and closes at the first
        "Europe/Berlin, 2026-10-25, 02:30, 05:00, 2026-10-25T00:30:00Z, 2026-10-25T04:00:00Z",
        "Europe/Berlin, 2026-10-25, 00:30, 02:30, 2026-10-24T22:30:00Z, 2026-10-25T00:30:00Z",
        "America/New_York, 2026-11-01, 01:30, 05:00, 2026-11-01T05:30:00Z, 2026-11-01T10:00:00Z",
        "America/New_York, 2026-11-01, 00:30, 01:30, 2026-11-01T04:30:00Z, 2026-11-01T05:30:00Z",
        "Australia/Melbourne, 2026-04-05, 02:30, 05:00, 2026-04-04T15:30:00Z, 2026-04-04T19:00:00Z",
        "America/Sao_Paulo, 2018-02-17, 23:30, 05:00, 2018-02-18T01:30:00Z, 2018-02-18T08:00:00Z",
        // over the change: 22:00 to 06:00 takes 7 hours in one night and 9 in another
        "Europe/Berlin, 2026-03-28, 22:00, 06:00, 2026-03-28T21:00:00Z, 2026-03-29T04:00:00Z",
        "Europe/Berlin, 2026-10-24, 22:00, 06:00, 2026-10-24T20:00:00Z, 2026-10-25T05:00:00Z",
        "America/New_York, 2026-03-07, 22:00, 06:00, 2026-03-08T03:00:00Z, 2026-03-08T10:00:00Z",
        "Australia/Melbourne, 2026-04-04, 22:00, 06:00, 2026-04-04T11:00:00Z, 2026-04-04T20:00:00Z",
        "America/Sao_Paulo, 2018-11-03, 22:00, 06:00, 2018-11-04T01:00:00Z, 2018-11-04T08:00:00Z",
        "Asia/Dhaka, 2026-05-06, 22:00, 06:00, 2026-05-06T16:00:00Z, 2026-05-07T00:00:00Z",
    })
    void opensOnceInTheNightInWhichClocksChange(
            String zone, String day, String start, String end, Instant begin, Instant finish) {
        OpeningHours hours = hours(window(start, end, zone));

        assertThat(hours.isOpen(begin.minusMillis(1))).isFalse();
        assertThat(hours.isOpen(begin)).isTrue();
        assertThat(hours.isOpen(finish.minusMillis(1))).isTrue();
        assertThat(hours.isOpen(finish)).isFalse();
        assertThat(hours.nextChange(begin.minusMillis(1))).contains(begin);
        assertThat(hours.nextChange(begin)).contains(finish);
        assertThat(begin.atZone(ZoneId.of(zone)).toLocalDate()).hasToString(day);
        Instant nextDay = hours.nextChange(finish).orElseThrow();
        assertThat(Duration.between(begin, nextDay)).isBetween(Duration.ofHours(22), Duration.ofHours(26));
    }

    @Test
    void aWindowBelongsToTheDayOnWhichItBegins() {
        OpeningHours hours = hours(window("22:00", "06:00", "Asia/Dhaka", EnumSet.of(DayOfWeek.FRIDAY)));
        // 8 May 2026 is a Friday
        assertThat(hours.isOpen(at("2026-05-08T05:00", "Asia/Dhaka"))).isFalse();
        assertThat(hours.isOpen(at("2026-05-08T23:00", "Asia/Dhaka"))).isTrue();
        assertThat(hours.isOpen(at("2026-05-09T05:00", "Asia/Dhaka"))).isTrue();
        assertThat(hours.isOpen(at("2026-05-09T23:00", "Asia/Dhaka"))).isFalse();
        assertThat(hours.nextChange(at("2026-05-09T06:00", "Asia/Dhaka")))
                .contains(at("2026-05-15T22:00", "Asia/Dhaka"));
    }

    @Test
    void nothingBeginsOnAHoliday() {
        OpeningHours hours = hours(window("22:00", "06:00", "Asia/Dhaka", DAILY, "12-16", "2026-12-18"));
        assertThat(hours.isOpen(at("2026-12-16T05:00", "Asia/Dhaka"))).isTrue();
        assertThat(hours.isOpen(at("2026-12-16T23:00", "Asia/Dhaka"))).isFalse();
        assertThat(hours.isOpen(at("2027-12-16T23:00", "Asia/Dhaka"))).isFalse();
        assertThat(hours.isOpen(at("2026-12-18T23:00", "Asia/Dhaka"))).isFalse();
        assertThat(hours.isOpen(at("2027-12-18T23:00", "Asia/Dhaka"))).isTrue();
        assertThat(hours.nextChange(at("2026-12-16T06:00", "Asia/Dhaka")))
                .contains(at("2026-12-17T22:00", "Asia/Dhaka"));
    }

    @Test
    void windowsAddUpAndNeighboursAreOne() {
        OpeningHours hours = hours(
                window("08:00", "12:00", "Asia/Dhaka"),
                window("12:00", "15:00", "Asia/Dhaka"),
                // 15:00 to 20:00 there
                window("18:00", "23:00", "Australia/Melbourne"));
        Instant morning = at("2026-07-01T08:00", "Asia/Dhaka");

        assertThat(hours.nextChange(morning)).contains(at("2026-07-01T19:00", "Asia/Dhaka"));
        assertThat(hours.nextChange(at("2026-07-01T19:00", "Asia/Dhaka"))).contains(morning.plus(Duration.ofDays(1)));
    }

    @Test
    void whatIsAlwaysOpenNeverChanges() {
        assertThat(OpeningHours.ALWAYS.isOpen(Instant.EPOCH)).isTrue();
        assertThat(OpeningHours.ALWAYS.nextChange(Instant.EPOCH)).isEmpty();
        assertThat(hours(window("00:00", "24:00", "Europe/Berlin")).nextChange(Instant.EPOCH)).isEmpty();
    }

    @Test
    void warmsUpBeforeItOpensAndNotAfter() {
        OpeningWindow window = new OpeningWindow(
                9 * 60,
                17 * 60,
                ZoneId.of("Europe/Berlin"),
                EnumSet.of(DayOfWeek.SUNDAY),
                List.of(),
                Duration.ofMinutes(30));
        OpeningHours hours = hours(window);
        // the clocks change in this night
        Instant begin = Instant.parse("2026-03-29T07:00:00Z");

        assertThat(hours.isWarmingUp(begin.minusSeconds(30 * 60 + 1))).isFalse();
        assertThat(hours.isWarmingUp(begin.minusSeconds(30 * 60))).isTrue();
        assertThat(hours.isWarmingUp(begin.minusSeconds(1))).isTrue();
        assertThat(hours.isOpen(begin.minusSeconds(1))).isFalse();
        assertThat(hours.isWarmingUp(begin)).isFalse();
        assertThat(hours.isWarmingUp(begin.plusSeconds(9 * 3600))).isFalse();
    }

    @Test
    void windowsThatNeverOpenAreRefused() {
        ZoneId utc = ZoneId.of("UTC");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpeningWindow(60, 60, utc, DAILY, List.of(), Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpeningWindow(60, 120, utc, Set.of(), List.of(), Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpeningWindow(60, 120, utc, DAILY, List.of(), Duration.ofHours(25)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpeningWindow(1440, 120, utc, DAILY, List.of(), Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-30", "2026-02-29", "2026-13-01", "13-01", "soon", ""})
    void daysThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Holiday.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"09:00, 540", "9:00, 540", "00:00, 0", "24:00, 1440", "24:01,", "25:00,", "09:60,", "0900,", "-1:00,"})
    void timesOfTheClock(String text, Integer minutes) {
        assertThat(ClockTime.minutes(text).stream().boxed().findFirst()).isEqualTo(Optional.ofNullable(minutes));
    }
}
