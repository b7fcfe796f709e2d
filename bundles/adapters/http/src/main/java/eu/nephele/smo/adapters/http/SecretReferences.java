// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Resolves secret references by the sources present at the call. */
final class SecretReferences {

    private static final char LAST_VISIBLE = '~';

    private final Map<SecretSource, Set<String>> sources = new ConcurrentHashMap<>();

    void add(SecretSource source, Set<String> schemes) {
        sources.put(source, schemes);
    }

    void remove(SecretSource source) {
        sources.remove(source);
    }

    /** Returns the secret; a failure names the reference and never the secret. */
    String secret(String reference, String setting, String system) {
        String scheme = reference.substring(0, reference.indexOf(':'));
        List<SecretSource> knowing = sources.entrySet().stream()
                .filter(entry -> entry.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .toList();
        if (knowing.isEmpty()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    system,
                    "no SecretSource for the scheme %s is available (setting %s)".formatted(scheme, setting));
        }
        String secret = resolve(knowing, reference, system)
                .orElseThrow(() ->
                        refused(system, "the secret %s does not exist (setting %s)".formatted(reference, setting)));
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    system,
                    "the secret %s (setting %s) is empty or has a line break or another control character"
                            .formatted(reference, setting));
        }
        return secret;
    }

    /** Sent in a header unchanged. Other characters would make the client throw, with the header in its message. */
    String headerSecret(String reference, String setting, String system) {
        String secret = secret(reference, setting, system);
        if (!secret.chars().allMatch(c -> c > ' ' && c <= LAST_VISIBLE)) {
            throw refused(
                    system,
                    "the secret %s (setting %s) has a character that is not visible ASCII, such as a space or a byte order mark"
                            .formatted(reference, setting));
        }
        return secret;
    }

    /** Returns the secret of the first source that knows it: several may share a scheme. */
    private static Optional<String> resolve(List<SecretSource> sources, String reference, String system) {
        try {
            return SecretSource.first(sources, reference);
        } catch (AdapterException unreadable) {
            // the failure names this system, because its configuration needs the secret
            throw new AdapterException(
                    unreadable.kind(), system, unreadable.getMessage(), unreadable.retryAfter(), unreadable);
        }
    }

    private static AdapterException refused(String system, String message) {
        return new AdapterException(Kind.REFUSED, system, message);
    }
}
