// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One of the five fields of a cron expression: a star, a number, a name or a range of them, each with a step, or a list of these.
 *
 * @param names of the numbers from {@code least} on
 */
record CronField(String title, int least, int most, List<String> names) {

    static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
    static final CronField HOUR = new CronField("hour", 0, 23, List.of());
    static final CronField DAY = new CronField("day of the month", 1, 31, List.of());
    static final CronField MONTH = new CronField(
            "month",
            1,
            12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
    /** Sunday is 0 and 7. */
    static final CronField WEEKDAY =
            new CronField("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    /** @throws IllegalArgumentException it is no such field */
    BitSet parse(String text) {
        BitSet values = new BitSet(most + 1);
        for (String part : text.split(",", -1)) {
            String[] rangeAndStep = part.split("/", -1);
            if (rangeAndStep.length > 2) {
                throw flaw(text);
            }
            boolean stepped = rangeAndStep.length == 2;
            int step = stepped ? positive(rangeAndStep[1], text) : 1;
            int[] range = range(rangeAndStep[0], stepped, text);
            for (int value = range[0]; value <= range[1]; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private int[] range(String part, boolean stepped, String text) {
        if (part.equals("*")) {
            return new int[] {least, most};
        }
        String[] ends = part.split("-", -1);
        if (ends.length > 2) {
            throw flaw(text);
        }
        int first = value(ends[0], text);
        int last = ends.length == 2 ? value(ends[1], text) : stepped ? most : first;
        if (last < first) {
            throw flaw(text);
        }
        return new int[] {first, last};
    }

    private int value(String word, String text) {
        int named = names.indexOf(word.toUpperCase(Locale.ROOT));
        int value = named >= 0 ? least + named : number(word, text);
        if (value < least || value > most) {
            throw flaw(text);
        }
        return value;
    }

    private int positive(String word, String text) {
        int step = number(word, text);
        if (step < 1 || step > most) {
            throw flaw(text);
        }
        return step;
    }

    private int number(String word, String text) {
        try {
            return Integer.parseUnsignedInt(word);
        } catch (NumberFormatException e) {
            throw flaw(text);
        }
    }

    private IllegalArgumentException flaw(String text) {
        return new IllegalArgumentException("%s %s, expected *, %d to %d%s, ranges as 2-4, steps as */5, lists as 1,3"
                .formatted(
                        title,
                        text,
                        least,
                        most,
                        names.isEmpty() ? "" : " or %s to %s".formatted(names.get(0), names.get(names.size() - 1))));
    }
}
