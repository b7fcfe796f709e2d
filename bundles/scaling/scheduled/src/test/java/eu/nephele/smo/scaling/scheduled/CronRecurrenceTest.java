// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronRecurrenceTest {

    private static final List<String> MONTHS = List.of("JAN", "mar", "Jun", "DEC");
    private static final List<String> WEEKDAYS = List.of("MON", "wed", "Fri", "SUN");

    private static String random(SplittableRandom random) {
        return String.join(
                " ",
                List.of(
                        field(random, 0, 59, List.of()),
                        field(random, 0, 23, List.of()),
                        field(random, 1, 28, List.of()),
                        field(random, 1, 12, MONTHS),
                        field(random, 0, 7, WEEKDAYS)));
    }

    private static String field(SplittableRandom random, int least, int most, List<String> names) {
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> "*/" + random.nextInt(1, most / 2 + 1);
            case 2 -> {
                int first = random.nextInt(least, most);
                yield "%d-%d".formatted(first, random.nextInt(first + 1, most + 1));
            }
            case 3 -> {
                int first = random.nextInt(least, most);
                yield "%d-%d/%d".formatted(first, random.nextInt(first + 1, most + 1), random.nextInt(1, 5));
            }
            case 4 ->
                IntStream.range(0, 3)
                        .mapToObj(i -> String.valueOf(random.nextInt(least, most + 1)))
                        .distinct()
                        .collect(Collectors.joining(","));
            default -> names.isEmpty() ? String.valueOf(random.nextInt(least, most + 1)) : names.get(random.nextInt(4));
        };
    }

    /** As cron-utils understands them, which reads the times of other schedules of the product. */
    @Property(tries = 300)
    void findsTheTimesBeforeAndAfterThatALibraryFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = random(random);
        CronRecurrence cron = CronRecurrence.parse(text, 30);
        ExecutionTime other = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
        for (int i = 0; i < 5; i++) {
            ZonedDateTime minute = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                    .plusMinutes(random.nextLong(2L * 365 * 24 * 60));
            LocalDateTime at = minute.toLocalDateTime().plusSeconds(random.nextInt(60));
            assertThat(cron.lastUntil(at).map(LocalSpan::begin))
                    .as("%s at or before %s", text, at)
                    .isEqualTo(other.lastExecution(minute.plusMinutes(1)).map(ZonedDateTime::toLocalDateTime));
            assertThat(cron.firstAfter(at).map(LocalSpan::begin))
                    .as("%s after %s", text, at)
                    .isEqualTo(other.nextExecution(minute).map(ZonedDateTime::toLocalDateTime));
        }
    }

    @Test
    void aSpanHasItsLength() {
        assertThat(CronRecurrence.parse("30 8 * * 1-5", 90).firstAfter(LocalDateTime.parse("2026-11-27T12:00")))
                .contains(new LocalSpan(
                        LocalDateTime.parse("2026-11-30T08:30"), LocalDateTime.parse("2026-11-30T10:00")));
    }

    @Test
    void aDayThatComesEveryFourYearsIsOne() {
        CronRecurrence leap = CronRecurrence.parse("0 0 29 2 *", 60);
        List<LocalDateTime> days = new ArrayList<>();
        LocalDateTime at = LocalDateTime.parse("2092-01-01T00:00");
        while (days.size() < 3) {
            at = leap.firstAfter(at).orElseThrow().begin();
            days.add(at);
        }
        assertThat(days)
                .containsExactly(
                        LocalDateTime.parse("2092-02-29T00:00"),
                        LocalDateTime.parse("2096-02-29T00:00"),
                        LocalDateTime.parse("2104-02-29T00:00"));
        assertThat(leap.lastUntil(LocalDateTime.parse("2104-02-28T23:59")).map(LocalSpan::begin))
                .contains(LocalDateTime.parse("2096-02-29T00:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void aDayThatNeverComesIsRefused(String cron) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronRecurrence.parse(cron, 60))
                .withMessageContaining("no such day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "0 8 * * mo",
                "every day",
                "5-2 * * * *",
                "1-2-3 * * * *",
                "*/0 * * * *",
                "*/5/2 * * * *",
                ", * * * *",
                "-1 * * * *",
                "1,,2 * * * *",
                "99999999999 * * * *",
                "@daily",
                "0 8 ? * MON",
                "0 8 L * *"
            })
    void whatIsNoExpressionIsRefused(String cron) {
        assertThatIllegalArgumentException().isThrownBy(() -> CronRecurrence.parse(cron, 60));
    }

    @Test
    void aRefusalNamesTheFieldAndWhatItMayBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronRecurrence.parse("0 8 * * Mo-Fr", 60))
                .withMessage("day of the week Mo-Fr, expected *, 0 to 7 or SUN to SAT, ranges as 2-4, steps as */5,"
                        + " lists as 1,3");
    }
}
