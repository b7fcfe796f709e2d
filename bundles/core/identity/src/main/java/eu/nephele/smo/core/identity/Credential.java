// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.core.identity.ApiKey.KeySecret;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * By what a caller is known, as a text that says when it is over: {@code key/NAME/HASH}, {@code session/ID},
 * {@code user/NAME/PASSWORD-VERSION}, {@code jwt/HASH/SECONDS} for a token of an identity provider that ends so many seconds
 * after 1970.
 */
final class Credential {

    private static final int HASH_CHARACTERS = 12;
    private static final Pattern ANY = Pattern.compile("(?s).*");
    private static final Map<String, Pattern> FORMS = Map.of(
            "key", Pattern.compile("key/[^/]+/[^/]+"),
            "session", Pattern.compile("session/[^/]+"),
            "user", Pattern.compile("user/[^/]+/\\d+"),
            "jwt", Pattern.compile("jwt/[^/]*/\\d{1,15}"));

    private Credential() {}

    static String from(ApiKey key, KeySecret secret) {
        return "key/%s/%s".formatted(key.name(), start(secret));
    }

    private static String start(KeySecret secret) {
        return secret.hash().substring(0, HASH_CHARACTERS);
    }

    static String from(Session session) {
        return "session/" + session.id();
    }

    static String from(User user) {
        return "user/%s/%d".formatted(user.name(), user.passwordVersion());
    }

    /** Returns whether it still counts; those of others are not judged here, and what only begins like one of these counts no more. */
    static boolean counts(String credential, IdentityDirectory directory, Instant now) {
        String[] parts = credential.split("/", -1);
        if (!FORMS.getOrDefault(parts[0], ANY).matcher(credential).matches()) {
            return false;
        }
        return switch (parts[0]) {
            case "key" ->
                directory.key(parts[1]).stream()
                        .flatMap(key -> key.secrets().stream())
                        .anyMatch(secret -> secret.counts(now) && start(secret).equals(parts[2]));
            case "session" ->
                directory
                        .session(parts[1])
                        .filter(session -> counts(session, directory, now))
                        .isPresent();
            case "user" ->
                directory
                        .user(parts[1])
                        .filter(User::enabled)
                        .filter(user -> from(user).equals(credential))
                        .isPresent();
            case "jwt" -> now.isBefore(Instant.ofEpochSecond(Long.parseLong(parts[2])));
            default -> true;
        };
    }

    /** Returns whether a session is not over, and its user is there and may log in. */
    static boolean counts(Session session, IdentityDirectory directory, Instant now) {
        return now.isBefore(session.until())
                && (!Principals.isUser(session.principal())
                        || directory
                                .user(session.principal())
                                .filter(User::enabled)
                                .isPresent());
    }
}
