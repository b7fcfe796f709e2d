// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any windows in zones with and without changes of clocks, at moments around such changes and elsewhere. */
class AnyHoursTest {

    private static final List<String> ZONES = List.of(
            "Asia/Dhaka",
            "Australia/Melbourne",
            "Australia/Lord_Howe",
            "America/New_York",
            "America/Sao_Paulo",
            "Europe/Berlin",
            "Pacific/Apia",
            "UTC");
    private static final Instant FIRST = Instant.parse("2009-01-01T00:00:00Z");

    @Provide
    Arbitrary<OpeningWindow> windows() {
        Arbitrary<Integer> starts = Arbitraries.integers().between(0, 1439);
        Arbitrary<Integer> lengths = Arbitraries.integers().between(1, 1440);
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<List<Holiday>> holidays = Arbitraries.integers()
                .between(1, 365)
                .map(day -> new Holiday(OptionalInt.empty(), MonthDay.from(LocalDate.ofYearDay(2027, day))))
                .list()
                .ofMaxSize(5);
        return Combinators.combine(starts, lengths, Arbitraries.of(ZONES), days, holidays)
                .filter((start, length, zone, on, off) -> length < 1440 || start == 0)
                .as((start, length, zone, on, off) -> {
                    int end = (start + length - 1) % 1440 + 1;
                    return new OpeningWindow(start, end, ZoneId.of(zone), on, off, Duration.ZERO);
                });
    }

    /** Half of them within two days of a change of clocks. */
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, Duration.ofDays(20L * 365).toSeconds());
        Arbitrary<Long> near = Arbitraries.longs().between(-172_800, 172_800);
        return Combinators.combine(seconds, near, Arbitraries.of(ZONES), Arbitraries.of(true, false))
                .as((second, distance, zone, change) -> {
                    Instant any = FIRST.plusSeconds(second);
                    ZoneOffsetTransition next = ZoneId.of(zone).getRules().nextTransition(any);
                    return change && next != null ? next.getInstant().plusSeconds(distance) : any;
                });
    }

    /** Far from changes of clocks it is what the clocks show. */
    @Property(tries = 3000)
    void isOpenWhenTheClocksShowIt(@ForAll("windows") OpeningWindow window, @ForAll("moments") Instant at) {
        Assume.that(isQuiet(window.zone(), at));
        ZonedDateTime shown = at.atZone(window.zone());
        int minute = shown.getHour() * 60 + shown.getMinute();
        boolean overMidnight = window.end() <= window.start();
        boolean today = begins(window, shown.toLocalDate())
                && minute >= window.start()
                && (overMidnight || minute < window.end());
        boolean yesterday = overMidnight && begins(window, shown.toLocalDate().minusDays(1)) && minute < window.end();

        assertThat(new OpeningHours(List.of(window)).isOpen(at)).isEqualTo(today || yesterday);
    }

    /** Between a moment and the next change nothing changes, and there it does. */
    @Property(tries = 2000)
    void theNextChangeIsTheNext(
            @ForAll("windows") OpeningWindow one, @ForAll("windows") OpeningWindow other, @ForAll("moments") Instant at) {
        OpeningHours hours = new OpeningHours(List.of(one, other));
        boolean open = hours.isOpen(at);
        Instant change = hours.nextChange(at).orElse(at.plus(Duration.ofDays(500)));

        assertThat(change).isAfter(at);
        if (hours.nextChange(at).isPresent()) {
            assertThat(hours.isOpen(change)).isNotEqualTo(open);
        }
        long step = Math.max(1, Duration.between(at, change).toSeconds() / 40);
        assertThat(LongStream.range(0, 40).mapToObj(i -> at.plusSeconds(i * step)).filter(change::isAfter))
                .allMatch(moment -> hours.isOpen(moment) == open);
        assertThat(hours.isOpen(change.minusNanos(1))).isEqualTo(open);
    }

    /** A day is at most a day shorter or longer than usual, and an hour in all zones but one. */
    @Property(tries = 1000)
    void isNeverOpenTwiceADay(@ForAll("windows") OpeningWindow window, @ForAll("moments") Instant at) {
        Assume.that(!window.zone().getId().equals("Pacific/Apia"));
        Instant opens = window.opensAfter(at).orElseThrow();
        Instant again = window.opensAfter(opens).orElseThrow();

        assertThat(Duration.between(opens, again)).isGreaterThanOrEqualTo(Duration.ofHours(23));
        assertThat(begins(window, opens.atZone(window.zone()).toLocalDate())).isTrue();
    }

    private static boolean begins(OpeningWindow window, LocalDate date) {
        return window.days().contains(date.getDayOfWeek())
                && window.holidays().stream().noneMatch(holiday -> holiday.isOn(date));
    }

    private static boolean isQuiet(ZoneId zone, Instant at) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(at.minus(Duration.ofDays(3)));
        return next == null || next.getInstant().isAfter(at.plus(Duration.ofDays(3)));
    }
}
