// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.model.GraphId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. Those that check throw {@link eu.nephele.smo.api.runtime.SmoException} {@code INVALID}. */
public final class QueryParameters {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,150}\\.(jar|zip)");

    private QueryParameters() {}

    /** @param text {@code true} or {@code false}, null when missing, which means false */
    public static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        // A parameter without a value is meant, too: ?force
        if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw PageRequest.invalid("%s is '%s', expected true or false".formatted(name, text));
    }

    /** @param text null when missing, which equals empty */
    public static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    /** @return empty unless it is {@code project/name} */
    public static Optional<GraphId> graph(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash == text.lastIndexOf('/') && slash < text.length() - 1
                ? Optional.of(new GraphId(text.substring(0, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    /** A name that is a valid file name on any system. */
    public static String fileName(@Nullable String text, String otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        if (!FILE_NAME.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            throw PageRequest.invalid(
                    ("name is '%s', expected the name of a file without its folder: letters, digits, and . _ + -,"
                                    + " ending in .jar or .zip")
                            .formatted(text));
        }
        return text;
    }
}
