// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Path of a request that has exactly one interpretation. Programs differ in whether they take {@code a/../b} for
 * {@code b}, {@code a//b} for {@code a/b}, {@code a%2Fb} for {@code a/b} and {@code a;x} for {@code a}; if gate and
 * router differ, the gate evaluates another path than the one that is served. So the gate reads the raw path, as the
 * router does, and refuses ambiguous ones (ADR 0028).
 */
final class RequestPath {

    private RequestPath() {}

    /**
     * @param raw path as it stands in the request line, without the query
     * @return the path with its percent-encodings decoded, from the root
     * @throws Ambiguous when it can be read in more than one way
     */
    static String decoded(String raw) throws Ambiguous {
        if (!raw.startsWith("/")) {
            throw new Ambiguous("it does not begin with /");
        }
        String path = decode(raw);
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new Ambiguous("it has a segment " + segment);
            }
        }
        if (path.contains("//")) {
            throw new Ambiguous("it has an empty segment");
        }
        return path;
    }

    /** A path that can be read in more than one way; the message says why. */
    static final class Ambiguous extends Exception {

        private static final long serialVersionUID = 1L;

        Ambiguous(String why) {
            super(why);
        }
    }

    private static String decode(String raw) throws Ambiguous {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char next = raw.charAt(at);
            if (next == '%') {
                bytes.write(escaped(raw, at));
                at += 2;
            } else {
                plain(next);
                bytes.write(next);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new Ambiguous("its percent-encoded bytes are not UTF-8");
        }
    }

    private static void plain(char character) throws Ambiguous {
        if (character == ';' || character == '\\') {
            throw new Ambiguous("it has a " + character);
        }
        if (character <= ' ' || character >= 0x7f) {
            throw new Ambiguous("it has a character that has to be percent-encoded");
        }
    }

    private static int escaped(String raw, int at) throws Ambiguous {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0 || raw.charAt(at + 1) >= 0x7f || raw.charAt(at + 2) >= 0x7f) {
            throw new Ambiguous("it has a % that is not followed by two hexadecimal digits");
        }
        int value = high << 4 | low;
        // No name contains a control character, or a character at which programs split paths.
        if (value < ' ' || value == 0x7f || "/\\%;.?#".indexOf(value) >= 0) {
            throw new Ambiguous("it has the encoding %" + raw.substring(at + 1, at + 3));
        }
        return value;
    }
}
