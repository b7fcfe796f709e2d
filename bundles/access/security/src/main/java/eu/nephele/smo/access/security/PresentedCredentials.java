// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Header {@code Authorization}; the user is that of Basic credentials, empty for a Bearer token. */
record PresentedCredentials(Optional<String> user, String secret) {

    /** Empty when the header holds neither a token nor user and password. */
    static Optional<PresentedCredentials> parse(String authorization) {
        int space = authorization.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String value = authorization.substring(space + 1).strip();
        return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(new PresentedCredentials(Optional.empty(), value));
            case "basic" -> basic(value);
            default -> Optional.empty();
        };
    }

    static boolean isSecret(String authorization, String secret) {
        return parse(authorization).filter(given -> given.matches(secret)).isPresent();
    }

    /** Compares in constant time, so that the duration reveals nothing about the secret. */
    boolean matches(String expected) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials";
    }

    private static Optional<PresentedCredentials> basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new PresentedCredentials(Optional.of(pair.substring(0, colon)), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
