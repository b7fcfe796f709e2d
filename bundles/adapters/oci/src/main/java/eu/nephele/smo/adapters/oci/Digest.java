// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** @param hex SHA-256 as 64 hex digits */
record Digest(String hex) {

    private static final String PREFIX = "sha256:";
    private static final Pattern TEXT = Pattern.compile("sha256:[0-9a-f]{64}");

    static Optional<Digest> parse(String text) {
        return TEXT.matcher(text).matches()
                ? Optional.of(new Digest(text.substring(PREFIX.length())))
                : Optional.empty();
    }

    static Digest of(byte[] content) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(content)));
    }

    static Digest finished(MessageDigest digest) {
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java runtime has no SHA-256", impossible);
        }
    }

    /** {@code sha256:…}. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
