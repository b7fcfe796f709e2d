// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of stored profiles. A server and a file that is made without one give the same artifact the same name. */
public final class ProfileName {

    private static final int MOST_CHARACTERS = 40;
    private static final int DIGEST_CHARACTERS = 8;

    private ProfileName() {}

    /**
     * A readable name with a digest that makes it unique.
     *
     * @param artifact reference without tag and digest
     * @param version tag, else digest; "" where the reference has neither
     */
    public static String create(String artifact, String version) {
        String path = artifact.substring(artifact.lastIndexOf('/') + 1);
        String readable = (path + "-" + version)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String shortened = readable.substring(0, Math.min(MOST_CHARACTERS, readable.length()));
        String whole = version.isEmpty() ? artifact : artifact + ":" + version;
        return "%s-%s"
                .formatted(shortened.isEmpty() ? "profile" : shortened, digest(whole))
                .replace("--", "-");
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
