// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of the labels and annotations on our objects, and the conversion of texts to label values. */
final class ReleaseLabels {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String SMO = "smo";
    static final String OWNER = "smo.nephele.eu/owner";
    static final String PROJECT = "smo.nephele.eu/project";
    static final String GRAPH = "smo.nephele.eu/graph";
    static final String SERVICE = "smo.nephele.eu/service";
    /** Annotations. */
    static final String WORKLOAD = "smo.nephele.eu/workload";

    static final String KEY = "smo.nephele.eu/key";
    static final String GENERATION = "smo.nephele.eu/generation";
    static final String MARKS = "smo.nephele.eu/marks";

    private static final int LONGEST = 63;
    private static final int KEPT = 50;
    private static final int DIGITS = 12;
    private static final Pattern ALLOWED = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");

    private ReleaseLabels() {}

    /** The text itself where Kubernetes allows it; else its first allowed characters and a part of its digest. */
    static String value(String text) {
        if (text.length() <= LONGEST && ALLOWED.matcher(text).matches()) {
            return text;
        }
        String kept = text.replaceAll("[^A-Za-z0-9._-]", "").replaceAll("^[._-]+", "");
        String start = kept.substring(0, Math.min(KEPT, kept.length()));
        String digest = digest(text).substring(0, DIGITS);
        return start.isEmpty() ? digest : start + "-" + digest;
    }

    static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
