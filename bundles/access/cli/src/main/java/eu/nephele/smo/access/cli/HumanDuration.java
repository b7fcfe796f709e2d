// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}. */
record HumanDuration(Duration duration) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** For options of commands. */
    static final class Converter implements ITypeConverter<HumanDuration> {

        @Override
        public HumanDuration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
                throw new TypeConversionException("'%s' is no time such as 90s, 30m, 2h or 7d".formatted(text));
            }
            return new HumanDuration(UNITS.get(form.group(2)).multipliedBy(Long.parseLong(form.group(1))));
        }
    }
}
