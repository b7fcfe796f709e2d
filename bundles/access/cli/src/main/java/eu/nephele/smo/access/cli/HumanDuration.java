// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}, {@code 2w}.
 *
 * @param duration more than 0
 */
public record HumanDuration(Duration duration) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhdw])");

    /** For options of commands. */
    static final class Converter implements ITypeConverter<HumanDuration> {

        @Override
        public HumanDuration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
                throw new TypeConversionException("'%s' is no time such as 90s, 30m, 2h, 7d or 2w".formatted(text));
            }
            return new HumanDuration(unit(form.group(2)).getDuration().multipliedBy(Long.parseLong(form.group(1))));
        }

        private static ChronoUnit unit(String letter) {
            return switch (letter) {
                case "s" -> ChronoUnit.SECONDS;
                case "m" -> ChronoUnit.MINUTES;
                case "h" -> ChronoUnit.HOURS;
                case "d" -> ChronoUnit.DAYS;
                default -> ChronoUnit.WEEKS;
            };
        }
    }
}
