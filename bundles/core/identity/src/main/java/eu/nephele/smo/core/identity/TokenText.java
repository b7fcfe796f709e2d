// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Token of a key or session: {@code smok_NAME_SECRET}, {@code smos_ID_SECRET}. Its beginning says what it is, to people
 * and to programs that search for secrets.
 *
 * @param id name of the key, id of the session
 */
record TokenText(IdentityKind kind, String id, String secret) {

    private static final String KEY = "smok_";
    private static final String SESSION = "smos_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final int MOST_CHARACTERS = 200;

    /** A new one with a secret of 256 random bits. */
    static TokenText random(IdentityKind kind, String id, SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new TokenText(kind, id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static String randomId(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Optional<TokenText> parse(String text) {
        IdentityKind kind = text.startsWith(KEY) ? IdentityKind.KEY : IdentityKind.SESSION;
        if (text.length() > MOST_CHARACTERS || (kind == IdentityKind.SESSION && !text.startsWith(SESSION))) {
            return Optional.empty();
        }
        String rest = text.substring(KEY.length());
        int end = rest.indexOf('_');
        return end < 1
                ? Optional.empty()
                : Optional.of(new TokenText(kind, rest.substring(0, end), rest.substring(end + 1)));
    }

    /** What may be shown of it. */
    String prefix() {
        return (kind == IdentityKind.KEY ? KEY : SESSION) + id;
    }

    /** The whole token; shown once. */
    String text() {
        return prefix() + "_" + secret;
    }

    /** SHA-256: a secret of 256 random bits needs no slow hash. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    /** Compares in constant time. */
    boolean fits(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return prefix();
    }
}
