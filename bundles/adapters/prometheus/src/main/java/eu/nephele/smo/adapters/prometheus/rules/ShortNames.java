// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Short forms of names for places with limits: the allowed part of a name, and a digest of the whole. */
final class ShortNames {

    private static final int MAX_LABEL = 63;
    private static final int KEPT = 50;
    private static final int DIGEST = 12;
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

    private ShortNames() {}

    static String label(String text) {
        return text.length() <= MAX_LABEL && LABEL.matcher(text).matches()
                ? text
                : unique(text.replaceAll("[^-A-Za-z0-9_.]", "").replaceAll("^[^A-Za-z0-9]+", ""), text);
    }

    /** Without its extension. */
    static String file(String text) {
        return unique(text.replaceAll("[^-A-Za-z0-9]", "-"), text);
    }

    private static String unique(String allowed, String text) {
        return allowed.substring(0, Math.min(KEPT, allowed.length())) + (allowed.isEmpty() ? "" : "-") + digest(text);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }
}
