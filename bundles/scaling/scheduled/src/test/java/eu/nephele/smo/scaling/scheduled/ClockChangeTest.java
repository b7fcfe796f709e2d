// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.scaling.scheduled.ZonedRecurrence.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows in the nights in which clocks change. In Berlin they go from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25
 * October, in New York on 8 March and 1 November, in Sydney forward on 4 October and back on 5 April; in Santiago forward at midnight
 * before 6 September, and back at midnight after 4 April.
 */
class ClockChangeTest {

    private static ZonedRecurrence daily(String from, int minutes, String zone) {
        LocalTime begin = LocalTime.parse(from);
        return new ZonedRecurrence(
                CronRecurrence.parse("%d %d * * *".formatted(begin.getMinute(), begin.getHour()), minutes),
                ZoneId.of(zone));
    }

    /** Spans that begin in some hours after local midnight, or noon of the day before. */
    private static List<TimeSpan> spans(ZonedRecurrence times, String from, int hours) {
        Instant end = LocalDateTime.parse(from).atZone(times.zone()).toInstant().plus(Duration.ofHours(hours));
        Instant at = LocalDateTime.parse(from).atZone(times.zone()).toInstant().minusSeconds(1);
        List<TimeSpan> spans = new ArrayList<>();
        Optional<TimeSpan> next = times.firstAfter(at);
        while (next.filter(span -> span.begin().isBefore(end)).isPresent()) {
            spans.add(next.get());
            next = times.firstAfter(next.get().begin());
        }
        return spans;
    }

    private static TimeSpan span(String begin, String end) {
        return new TimeSpan(Instant.parse(begin), Instant.parse(end));
    }

    @ParameterizedTest(name = "{0} at {1}, {2} minutes by the clock: {3} to {4}")
    @CsvSource({
        // 02:30 comes twice: it begins at the first, and ends by the clock
        "Europe/Berlin, 2026-10-25T00:00, 02:30, 60, 2026-10-25T00:30:00Z, 2026-10-25T02:30:00Z",
        "Europe/Berlin, 2026-10-25T00:00, 02:15, 30, 2026-10-25T00:15:00Z, 2026-10-25T00:45:00Z",
        "America/New_York, 2026-11-01T00:00, 01:30, 60, 2026-11-01T05:30:00Z, 2026-11-01T07:30:00Z",
        "Australia/Sydney, 2026-04-05T00:00, 02:30, 60, 2026-04-04T15:30:00Z, 2026-04-04T17:30:00Z",
        "America/Santiago, 2026-04-04T12:00, 23:30, 60, 2026-04-05T02:30:00Z, 2026-04-05T04:30:00Z",
        // 02:30 does not come: it begins when the clocks go on
        "Europe/Berlin, 2026-03-29T00:00, 02:30, 60, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z",
        "America/New_York, 2026-03-08T00:00, 02:30, 60, 2026-03-08T07:00:00Z, 2026-03-08T07:30:00Z",
        "Australia/Sydney, 2026-10-04T00:00, 02:30, 60, 2026-10-03T16:00:00Z, 2026-10-03T16:30:00Z",
        "America/Santiago, 2026-09-05T12:00, 00:00, 90, 2026-09-06T04:00:00Z, 2026-09-06T04:30:00Z",
        // nothing of it would come: it keeps its length
        "Europe/Berlin, 2026-03-29T00:00, 02:15, 30, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z",
        "Australia/Lord_Howe, 2026-10-04T00:00, 02:00, 30, 2026-10-03T15:30:00Z, 2026-10-03T16:00:00Z",
        // over the changed hour: 22:00 to 06:00 and 01:00 to 04:00 by the clock
        "Europe/Berlin, 2026-03-28T12:00, 22:00, 480, 2026-03-28T21:00:00Z, 2026-03-29T04:00:00Z",
        "Europe/Berlin, 2026-10-24T12:00, 22:00, 480, 2026-10-24T20:00:00Z, 2026-10-25T05:00:00Z",
        "America/New_York, 2026-03-08T00:00, 01:00, 180, 2026-03-08T06:00:00Z, 2026-03-08T08:00:00Z",
        "America/New_York, 2026-11-01T00:00, 01:00, 180, 2026-11-01T05:00:00Z, 2026-11-01T09:00:00Z",
        "Australia/Sydney, 2026-10-03T12:00, 22:00, 480, 2026-10-03T12:00:00Z, 2026-10-03T19:00:00Z",
        "Australia/Sydney, 2026-04-04T12:00, 22:00, 480, 2026-04-04T11:00:00Z, 2026-04-04T20:00:00Z",
        "Australia/Melbourne, 2026-10-03T12:00, 22:00, 480, 2026-10-03T12:00:00Z, 2026-10-03T19:00:00Z",
        "Australia/Melbourne, 2026-04-04T12:00, 22:00, 480, 2026-04-04T11:00:00Z, 2026-04-04T20:00:00Z",
        // for the last times, at midnight
        "America/Sao_Paulo, 2018-11-03T12:00, 22:00, 480, 2018-11-04T01:00:00Z, 2018-11-04T08:00:00Z",
        "America/Sao_Paulo, 2018-02-17T12:00, 23:30, 60, 2018-02-18T01:30:00Z, 2018-02-18T03:30:00Z",
        // nothing changes
        "Asia/Dhaka, 2026-05-06T12:00, 22:00, 480, 2026-05-06T16:00:00Z, 2026-05-07T00:00:00Z",
    })
    void comesOnceInTheNightOfTheChange(String zone, String from, String clock, int minutes, String begin, String end) {
        ZonedRecurrence times = daily(clock, minutes, zone);
        assertThat(spans(times, from, 23)).containsExactly(span(begin, end));
        Instant start = Instant.parse(begin);
        assertThat(times.lastUntil(start)).contains(span(begin, end));
        assertThat(times.lastUntil(Instant.parse(end).minusSeconds(1))).contains(span(begin, end));
        assertThat(times.lastUntil(start.minusSeconds(1)).map(TimeSpan::begin))
                .hasValueSatisfying(before -> assertThat(before).isBefore(start.minus(Duration.ofHours(20))));
    }

    @Test
    void inTheSecondOfTwoHoursNothingBeginsAgain() {
        ZonedRecurrence quarters =
                new ZonedRecurrence(CronRecurrence.parse("*/15 * * * *", 15), ZoneId.of("Europe/Berlin"));
        // 02:20 for the second time
        Instant at = Instant.parse("2026-10-25T01:20:00Z");
        assertThat(quarters.lastUntil(at).map(TimeSpan::begin)).contains(Instant.parse("2026-10-25T00:45:00Z"));
        assertThat(quarters.firstAfter(at).map(TimeSpan::begin)).contains(Instant.parse("2026-10-25T02:00:00Z"));
    }

    @Test
    void aWindowUpToMidnightThatClocksLeaveOutEndsWithTheDay() {
        ZonedRecurrence evening = daily("20:00", 240, "America/Santiago");
        assertThat(spans(evening, "2026-09-05T12:00", 23))
                .containsExactly(span("2026-09-06T00:00:00Z", "2026-09-06T04:00:00Z"));
    }

    /** Compared with a search minute by minute for the wall clock of the begin. */
    @Property(tries = 200)
    void theLastAndTheNextSpanAreNeighbours(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> zones = List.of(
                "Europe/Berlin",
                "America/New_York",
                "Australia/Sydney",
                "Australia/Lord_Howe",
                "America/Santiago",
                "Asia/Kolkata",
                "UTC");
        ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
        String cron = "%d */%d * * %s"
                .formatted(random.nextInt(60), 1 + random.nextInt(6), random.nextBoolean() ? "*" : "0,3,6");
        ZonedRecurrence times = new ZonedRecurrence(CronRecurrence.parse(cron, 45), zone);
        Instant at = nearAClockChange(zone, random);
        TimeSpan last = times.lastUntil(at).orElseThrow();
        TimeSpan next = times.firstAfter(at).orElseThrow();
        assertThat(last.begin()).isBeforeOrEqualTo(at);
        assertThat(next.begin()).isAfter(at);
        assertThat(last.end()).isAfter(last.begin());
        assertThat(times.firstAfter(last.begin()))
                .as("%s %s %s", cron, zone, at)
                .contains(next);
        assertThat(times.lastUntil(next.begin().minusNanos(1)))
                .as("%s %s %s", cron, zone, at)
                .contains(last);
    }

    private static Instant nearAClockChange(ZoneId zone, SplittableRandom random) {
        Instant some = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(700)));
        return Optional.ofNullable(zone.getRules().nextTransition(some))
                .map(change -> change.getInstant())
                .orElse(some)
                .plusSeconds(random.nextInt(6 * 3600) - 3 * 3600);
    }
}
