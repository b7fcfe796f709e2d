// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the main section of a manifest. Accepts only what every reader reads alike: the framework, the JDK and this one
 * differ on lone carriage returns, headers named twice, lines that continue nothing. All such forms are refused.
 */
final class ManifestReader {

    private static final String RULE = "manifest";
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,69}): (.*)");

    private final String what;

    /** @param what beginning of every message: the bundle inside a zip, or "" */
    ManifestReader(String what) {
        this.what = what;
    }

    /** Headers of the main section; their names have no case, as in the framework. */
    Map<String, String> read(byte[] manifest) throws AdmissionException {
        String text = unfolded(manifest);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw refusal("has the line '%s' in its manifest, which is not a header".formatted(shown(line)));
            }
            if (headers.put(header.group(1), header.group(2)) != null) {
                throw refusal("has the header %s twice in its manifest".formatted(header.group(1)));
            }
        }
        return headers;
    }

    /** Lines that were folded are put together as bytes: a fold may be in the middle of a character. */
    private String unfolded(byte[] manifest) throws AdmissionException {
        byte[] out = new byte[manifest.length];
        int length = 0;
        for (int at = 0; at < manifest.length; at++) {
            byte next = manifest[at];
            boolean lineStart = length == 0 || out[length - 1] == '\n';
            if (next == '\r' && at + 1 < manifest.length && manifest[at + 1] == '\n') {
                continue;
            }
            if (next != '\n' && next != '\t' && next >= 0 && next < ' ') {
                throw refusal("has a control character in its manifest");
            }
            if (next == ' ' && lineStart) {
                boolean continues = length > 1 && out[length - 2] != '\n';
                if (!continues) {
                    throw refusal("has a line in its manifest that begins with a space and continues none");
                }
                length--;
                continue;
            }
            out[length++] = next;
        }
        if (length == 0 || out[length - 1] != '\n') {
            throw refusal("has a manifest whose last line has no end");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Arrays.copyOf(out, length)))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw refusal("has a manifest that is not UTF-8");
        }
    }

    private AdmissionException refusal(String detail) {
        return new AdmissionException(RULE, what + detail);
    }

    private static String shown(String line) {
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
