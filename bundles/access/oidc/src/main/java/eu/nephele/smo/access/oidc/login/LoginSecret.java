// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What only the one who has begun a login knows; everything that the login is recognised by follows from it. So a server keeps nothing
 * of a login that has begun.
 *
 * @param text 256 random bits
 */
record LoginSecret(String text) {

    private static final int BYTES = 32;

    static LoginSecret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LoginSecret(encoded(bytes));
    }

    /** Comes back with the browser: bound to provider and target, which the browser keeps. */
    String state(String provider, String next) {
        return digest("state\n%s\n%s\n%s".formatted(provider, next, text));
    }

    /** Of PKCE. */
    String verifier() {
        return digest("verifier\n" + text);
    }

    /** SHA-256 of a verifier of PKCE (RFC 7636, S256). */
    static String challenge(String verifier) {
        return digest(verifier);
    }

    /** What the token of a login with this challenge has to name. */
    static String nonce(String challenge) {
        return digest("nonce\n" + challenge);
    }

    private static String digest(String text) {
        try {
            return encoded(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Compares in constant time. */
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "LoginSecret";
    }
}
