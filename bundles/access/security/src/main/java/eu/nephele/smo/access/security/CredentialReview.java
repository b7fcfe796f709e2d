// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AdapterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds credentials in configurations that are missing, or that everybody knows. */
final class CredentialReview {

    /** Passwords that products and examples come with. */
    private static final Set<String> KNOWN_TO_ALL = Set.of(
            "admin",
            "administrator",
            "changeme",
            "change-me",
            "changeit",
            "default",
            "demo",
            "grafana",
            "guest",
            "pass",
            "password",
            "passw0rd",
            "postgres",
            "prom-operator",
            "root",
            "secret",
            "smo",
            "test",
            "token",
            "user",
            "123456",
            "12345678",
            "123456789",
            "qwerty");

    private static final Pattern OF_SECRET =
            Pattern.compile("(?i).*(password|passwordreference|token|secret|credentials)");

    /** Says where a secret is or what may be done with it, and is none. */
    private static final Set<String> NO_SECRETS = Set.of("requireToken", "createToken", "refuseKnownCredentials");

    private static final Pattern REFERENCE = Pattern.compile("(file|env|k8s|vault):.+");
    private static final List<String> USERS = List.of("user", "username");
    private static final String STORE = "eu.nephele.smo.core.store";
    private static final int LEAST_TOKEN_CHARACTERS = 16;

    private final Function<String, Optional<String>> secrets;

    /** @param secrets content of a reference; throws {@link AdapterException} when it cannot be read */
    CredentialReview(Function<String, Optional<String>> secrets) {
        this.secrets = secrets;
    }

    /** @param token of the administrator, empty when there is none */
    List<String> tokenFaults(Optional<String> token, String file) {
        if (token.isEmpty()) {
            return List.of(("The administrator's token is missing. Make one that only you can read:"
                            + " (umask 077; mkdir -p \"$(dirname %1$s)\"; head -c 32 /dev/urandom | base64 > %1$s)")
                    .formatted(file));
        }
        boolean weak = token.get().length() < LEAST_TOKEN_CHARACTERS || isKnownToAll(token.get());
        return weak
                ? List.of(
                        "The administrator's token in %s is too short or known to everybody, expected at least %d characters"
                                .formatted(file, LEAST_TOKEN_CHARACTERS))
                : List.of();
    }

    /** @param configurations properties by PID */
    List<String> faults(Map<String, Map<String, Object>> configurations) {
        List<String> faults = new ArrayList<>();
        new TreeMap<>(configurations).forEach((pid, properties) -> {
            new TreeMap<>(properties).forEach((name, value) -> {
                if (OF_SECRET.matcher(name).matches() && !NO_SECRETS.contains(name)) {
                    texts(value)
                            .flatMap(text -> fault(pid, name, text, properties).stream())
                            .forEach(faults::add);
                }
            });
        });
        Map<String, Object> store = configurations.getOrDefault(STORE, Map.of());
        String url = String.valueOf(store.getOrDefault("url", ""));
        if (url.startsWith("jdbc:postgresql:")
                && !url.contains("password=")
                && String.valueOf(store.getOrDefault("passwordReference", "")).isBlank()) {
            faults.add(
                    "The database %s has no password: set passwordReference=file:secrets/database in etc/%s.cfg, and put the"
                                    .formatted(url.replaceFirst("\\?.*", ""), STORE)
                            + " password into that file of the data directory");
        }
        return faults;
    }

    private static Stream<String> texts(Object value) {
        if (value instanceof String[] array) {
            return Stream.of(array);
        }
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }

    private Optional<String> fault(String pid, String name, String text, Map<String, Object> properties) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        boolean reference = REFERENCE.matcher(text).matches();
        Optional<String> secret;
        try {
            secret = reference ? secrets.apply(text) : Optional.of(text);
        } catch (AdapterException unreadable) {
            if (isAway(unreadable)) {
                // of the credential nothing is known; whoever needs it waits for it
                return Optional.empty();
            }
            return Optional.of("%s of %s cannot be read: %s".formatted(name, pid, unreadable.getMessage()));
        }
        if (secret.filter(found -> !found.isBlank()).isEmpty()) {
            return Optional.of(
                    "%s of %s refers to %s, where nothing is: put the secret there".formatted(name, pid, text));
        }
        // a password that an example came with is often that of the user's name
        boolean sameAsUser = USERS.stream()
                .map(user -> String.valueOf(properties.getOrDefault(user, "")))
                .anyMatch(user -> !user.isBlank() && user.equals(secret.get()));
        return isKnownToAll(secret.get()) || sameAsUser
                ? Optional.of("%s of %s is a default that everybody knows: set another one, as %s"
                        .formatted(name, pid, reference ? "content of " + text : "file:secrets/NAME or env:NAME"))
                : Optional.empty();
    }

    private static boolean isAway(AdapterException failure) {
        return failure.kind() == AdapterException.Kind.UNAVAILABLE || failure.kind() == AdapterException.Kind.TIMED_OUT;
    }

    private static boolean isKnownToAll(String secret) {
        return KNOWN_TO_ALL.contains(secret.strip().toLowerCase(Locale.ROOT));
    }
}
