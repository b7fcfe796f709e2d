// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.core.contract.event.EventFilter;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class EventQueryParameters {

    /** A type, or the beginning of types and an asterisk. */
    static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_.]{0,99}\\*?|\\*");

    static final Pattern PROJECT = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private EventQueryParameters() {}

    /** @param types query parameter, separated by commas; null for all */
    static EventFilter filter(@Nullable String types, @Nullable String projects) {
        return new EventFilter(
                items("types", types, TYPE, "types of events, or beginnings of types with * at the end"),
                items("project", projects, PROJECT, "names of projects"));
    }

    private static Set<String> items(String name, @Nullable String text, Pattern valid, String expected) {
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        Set<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (!items.stream().allMatch(item -> valid.matcher(item).matches())) {
            throw PageRequest.invalid("%s is '%s', expected %s, separated by commas".formatted(name, text, expected));
        }
        return items;
    }

    /** @param text a sequence, with or without leading zeros; null when missing */
    static OptionalLong sequence(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return OptionalLong.empty();
        }
        try {
            long sequence = Long.parseLong(text.strip());
            if (sequence >= 0) {
                return OptionalLong.of(sequence);
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like a negative number
        }
        throw PageRequest.invalid("%s is '%s', expected the sequence of an event, or 0".formatted(name, text));
    }
}
