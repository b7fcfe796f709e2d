// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets of known form out of texts that leave the server: credentials in headers and URLs, values whose name
 * says that they are secret, tokens of this product and of others, private keys. The last resort behind whoever writes
 * such a text.
 */
public final class SecretRedactor {

    /** Stands in the place of what was taken out. */
    public static final String MASK = "***";

    /** Where a quotation mark is not closed, the rest of the line. */
    private static final String VALUE =
            "(?:\"(?:[^\"\\\\\\n]++|\\\\.)*+(?:\"|(?=\\n|$))|'[^'\\n]*+(?:'|(?=\\n|$))|[^\\s\"',;&}\\])]+)";

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("()-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"),
            Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://)[^\\s/]+(?=@)"),
            // a password with a slash that is not written as %2F; a port is none. Bounded: a text may be full of such
            // beginnings
            Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://)[^\\s/@:]++:(?!\\d{1,5}/)[^\\s@]{1,500}+(?=@)"),
            // all of them: names of cookies say nothing
            Pattern.compile("(?i)(\\b(?:set-)?cookie[\"']?\\s*[:=]\\s*[\"']?)[^\\n\"']+"),
            Pattern.compile(
                    "(?i)(\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:basic|bearer|negotiate)?\\s*)[^\\s\"',;]+"),
            Pattern.compile("(?i)(\\b(?:basic|bearer)\\s+)[a-z0-9._~+/=-]{8,}"),
            Pattern.compile(
                    "(?i)((?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credentials?"
                            + "|client-key-data|client-certificate-data|cookie)[\\w-]*[\"']?\\s*[:=]\\s*)(?!\\s)"
                            + VALUE),
            Pattern.compile("(\\bsmo[ks]_)[\\w-]+"),
            Pattern.compile("()\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*"));

    private SecretRedactor() {}

    /** The same text, with {@link #MASK} in the place of each secret. */
    public static String redacted(String text) {
        String left = text;
        for (Pattern form : FORMS) {
            left = form.matcher(left).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return left;
    }
}
