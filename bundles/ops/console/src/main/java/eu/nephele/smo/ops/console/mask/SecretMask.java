// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import eu.nephele.smo.core.contract.runtime.SecretRedactor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds secret texts in answers, as they are and as HTML, JSON, JavaScript and URLs write them, and puts {@link #MASK} in their place. It
 * reads bytes as characters of ISO 8859-1, so that whatever is no text stays as it is.
 */
final class SecretMask {

    static final String MASK = SecretRedactor.MASK;

    /** A shorter one may be a word of the page: it is masked only where it stands alone like a value. */
    private static final int LEAST_ANYWHERE = 8;

    private static final int MOST_PIECE = 256;
    private static final int LONGEST_CHARACTER = 40;
    private static final String BEFORE_VALUE = "(?<=[\"'=>\\[;]|= |, )";
    private static final String BEFORE_TEXT = "(?<=[\"'=>\\[;,]|[=,:] )";
    private static final String AFTER_VALUE = "(?=[\"'<,\\]&\\s\\\\]|\\z)";
    private static final String IN_URL = "(?<=[/:])%s(?=@|%%40|&#)";
    private static final Map<Integer, String> ENTITIES =
            Map.of((int) '&', "amp", (int) '<', "lt", (int) '>', "gt", (int) '"', "quot", (int) '\'', "apos");

    private final Pattern pattern;
    private final int longest;
    private final boolean empty;

    SecretMask(Collection<String> secrets) {
        List<String> pieces = secrets.stream()
                .flatMap(SecretMask::pieces)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.empty = pieces.isEmpty();
        this.pattern = Pattern.compile(pieces.stream().map(SecretMask::form).collect(Collectors.joining("|")));
        this.longest = 1
                + LONGEST_CHARACTER
                        * pieces.stream().mapToInt(String::length).max().orElse(0);
    }

    boolean isEmpty() {
        return empty;
    }

    /** No match is longer, with the one character behind it that is looked at. */
    int longest() {
        return longest;
    }

    /** Of texts in ISO 8859-1. */
    Pattern pattern() {
        return pattern;
    }

    String masked(String text) {
        String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        // as a page shows a value: alone
        String masked = pattern.matcher('"' + bytes + '"').replaceAll(MASK);
        return new String(masked.substring(1, masked.length() - 1).getBytes(ISO_8859_1), UTF_8);
    }

    /** Lines of a text of several, each no longer than a window of a stream takes. */
    private static Stream<String> pieces(String secret) {
        List<String> lines = secret.lines().map(String::strip).toList();
        return lines.stream()
                .filter(line -> lines.size() == 1 ? !line.isEmpty() : line.length() >= LEAST_ANYWHERE)
                .flatMap(SecretMask::parts);
    }

    private static Stream<String> parts(String line) {
        int count = (line.length() + MOST_PIECE - 1) / MOST_PIECE;
        int size = (line.length() + count - 1) / count;
        return IntStream.range(0, count)
                .mapToObj(
                        i -> line.substring(Math.min(line.length(), i * size), Math.min(line.length(), (i + 1) * size)))
                .filter(part -> !part.isEmpty());
    }

    private static String form(String secret) {
        String form = secret.codePoints().mapToObj(SecretMask::form).collect(Collectors.joining());
        if (secret.length() >= LEAST_ANYWHERE) {
            return form;
        }
        // a number behind a colon is a number of JSON, which has to stay one
        boolean number = secret.chars().allMatch(Character::isDigit);
        return (number ? BEFORE_VALUE : BEFORE_TEXT) + form + AFTER_VALUE + "|" + IN_URL.formatted(form);
    }

    private static String form(int character) {
        if (character < 128 && Character.isLetterOrDigit(character)) {
            return Character.toString(character);
        }
        byte[] bytes = Character.toString(character).getBytes(UTF_8);
        String plain = Pattern.quote(new String(bytes, ISO_8859_1));
        String url = IntStream.range(0, bytes.length)
                .mapToObj(i -> "%%(?i:%02x)".formatted(bytes[i]))
                .collect(Collectors.joining());
        String script = Character.toString(character)
                .chars()
                .mapToObj(unit -> "\\\\u(?i:%04x)".formatted(unit))
                .collect(Collectors.joining());
        String html = "&(?:amp;){0,2}(?:#0{0,4}%d;|#[xX]0{0,4}(?i:%x);%s)"
                .formatted(
                        character,
                        character,
                        ENTITIES.containsKey(character) ? "|" + ENTITIES.get(character) + ";" : "");
        String octet = character < 256 ? "|\\\\x(?i:%02x)".formatted(character) : "";
        return "(?:\\\\{0,3}(?:" + plain + "|" + html + ")|\\\\{0,2}(?:" + script + octet + ")|" + url
                + (character == ' ' ? "|\\+" : "") + ")";
    }
}
