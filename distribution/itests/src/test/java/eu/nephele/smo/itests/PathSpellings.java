// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Spellings of a path that some program takes for that path, or for one below or above it. Targets of request lines, one
 * character for each byte.
 */
final class PathSpellings {

    private static final List<String> BETWEEN = List.of(
            "//",
            "///",
            "/./",
            "/.//",
            "/x/../",
            "/x/..;/",
            "/%2e/",
            "/%2E%2e/",
            "/.%2e/",
            "/x/%2e%2e/",
            "/;/",
            "/;a=b/",
            "/..;/",
            "/.;/",
            "\\",
            "/\\",
            "\\/",
            "%2f",
            "%2F",
            "/%2f",
            "%5c",
            "%5C",
            "%252f",
            "%255c",
            "%c0%af",
            "%e0%80%af",
            "%f0%80%80%af",
            "%u002f",
            "%u2215",
            "%e2%88%95",
            "%e2%81%84",
            "%ef%bc%8f",
            "/%00/",
            "%00/",
            "/%20/",
            "/%09/",
            " /",
            "/ ",
            "\t/",
            "/%0a",
            "%0d%0a/",
            "/%ff/",
            "/~/",
            "/*/",
            ":/",
            "/%3b/",
            "/%2e;x/",
            "/%25/");
    private static final List<String> BEFORE = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/./.",
            "/../..",
            "/x/..",
            "/;",
            "/;a=b",
            "/..;",
            "/%2e",
            "/%2e%2e",
            "/%2f",
            "/%5c",
            "\\",
            "/\\",
            "/%00",
            "/%20",
            "/%09",
            "/health/..",
            "/health/live/../..",
            "/docs/..",
            "/docs/..;",
            "/docs/%2e%2e",
            "/metrics/..;a",
            "//localhost",
            "/localhost",
            "http://localhost",
            "HTTP://LOCALHOST",
            "http://localhost/",
            "http://localhost/.",
            "http://localhost//",
            "http://evil.example",
            "http://evil.example@localhost",
            "http://localhost:1",
            "https://localhost",
            "file://",
            "ftp://localhost",
            "http:",
            "http:/",
            "http://",
            "*",
            "?",
            "#",
            "x",
            ".",
            "%2f");
    private static final List<String> AFTER = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/./",
            "/x/..",
            "/x/../",
            "/;",
            ";",
            ";a=b",
            ";/x/..",
            ";jsessionid=1",
            "/..;/",
            "%2f",
            "%2F..",
            "%5c",
            "\\",
            ".",
            "..",
            "%2e",
            "%20",
            "%09",
            "%00",
            "%0a",
            "%0d",
            "%0d%0aX:y",
            "%ff",
            "%c3%a4",
            "%25",
            "%3f",
            "%23",
            "%3b",
            "?",
            "?a=b",
            "??",
            "?/..",
            "#",
            "#x",
            " ",
            "~",
            "*",
            ".json",
            ".html",
            "%",
            "%2",
            "%zz",
            "%u0000",
            "\0",
            "\u0001",
            "\u007f",
            "\u00e4",
            "\t",
            "{x}",
            "|",
            "^",
            "`",
            "\"",
            "<",
            "%e2%80%ae");
    private static final int LAST_ASCII = 0x7f;

    private PathSpellings() {}

    /** The path itself is not among them. */
    static List<String> variants(String path) {
        Set<String> spellings = new LinkedHashSet<>();
        for (int at = 1; at < path.length(); at++) {
            String head = path.substring(0, at);
            String tail = path.substring(at + 1);
            if (path.charAt(at) == '/') {
                for (String between : BETWEEN) {
                    spellings.add(head + between + tail);
                    for (String after : AFTER) {
                        spellings.add(head + between + tail + after);
                    }
                }
            } else {
                letters(path.charAt(at)).forEach(letter -> spellings.add(head + letter + tail));
            }
        }
        spellings.add(path.toUpperCase(Locale.ROOT));
        for (String before : BEFORE) {
            spellings.add(before + path);
            AFTER.forEach(after -> spellings.add(before + path + after));
        }
        AFTER.forEach(after -> spellings.add(path + after));
        spellings.remove(path);
        return List.copyOf(spellings);
    }

    private static List<String> letters(char letter) {
        List<String> spelled = new ArrayList<>();
        spelled.add("%%%02x".formatted((int) letter));
        spelled.add("%%%02X".formatted((int) letter));
        spelled.add("%%25%02x".formatted((int) letter));
        spelled.add("%%%%%02x".formatted((int) letter));
        spelled.add("%%u%04x".formatted((int) letter));
        // overlong UTF-8, of two, three and four bytes
        int high = 0xc0 | letter >> 6;
        int low = 0x80 | letter & 0x3f;
        spelled.add("%%%02x%%%02x".formatted(high, low));
        spelled.add("%%e0%%%02x%%%02x".formatted(0x80 | letter >> 6, low));
        spelled.add("%%f0%%80%%%02x%%%02x".formatted(0x80 | letter >> 6, low));
        spelled.add("" + (char) high + (char) low);
        if (letter > ' ' && letter < LAST_ASCII) {
            // full width, encoded and not
            byte[] wide = String.valueOf((char) (0xff00 + letter - ' ')).getBytes(StandardCharsets.UTF_8);
            spelled.add(new String(wide, StandardCharsets.ISO_8859_1));
            StringBuilder encoded = new StringBuilder();
            for (byte each : wide) {
                encoded.append("%%%02x".formatted(each & 0xff));
            }
            spelled.add(encoded.toString());
        }
        char other = Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter);
        if (other != letter) {
            spelled.add(String.valueOf(other));
        }
        spelled.add(letter + "%00");
        spelled.add(letter + "%cc%81");
        spelled.add(letter + "\0");
        return spelled;
    }
}
