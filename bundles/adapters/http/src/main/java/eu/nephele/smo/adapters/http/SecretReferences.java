// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What references to secrets are looked up in: the sources that are there at the moment. */
final class SecretReferences {

    private final Map<SecretSource, Set<String>> sources = new ConcurrentHashMap<>();

    void add(SecretSource source, Set<String> schemes) {
        sources.put(source, schemes);
    }

    void remove(SecretSource source) {
        sources.remove(source);
    }

    /** The secret, or a failure that names the reference and never the secret. */
    String secret(String reference, String setting, String system) {
        String scheme = reference.substring(0, reference.indexOf(':'));
        SecretSource source = sources.entrySet().stream()
                .filter(entry -> entry.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "nobody resolves secrets of the form %s: at the moment (setting %s)"
                                .formatted(scheme, setting)));
        String secret = resolve(source, reference, setting, system);
        if (!isHeaderText(secret)) {
            throw refused(
                    system,
                    "the secret %s (setting %s) is empty or has a line break or another control character"
                            .formatted(reference, setting));
        }
        return secret;
    }

    private static String resolve(SecretSource source, String reference, String setting, String system) {
        try {
            return source.resolve(reference)
                    .orElseThrow(() ->
                            refused(system, "there is no secret under %s (setting %s)".formatted(reference, setting)));
        } catch (AdapterException unreadable) {
            // the secret is missing for the sake of this system: its name tells people where to look
            throw new AdapterException(
                    unreadable.kind(), system, unreadable.getMessage(), unreadable.retryAfter(), unreadable);
        }
    }

    private static boolean isHeaderText(String secret) {
        return !secret.isEmpty() && secret.chars().noneMatch(Character::isISOControl);
    }

    private static AdapterException refused(String system, String message) {
        return new AdapterException(Kind.REFUSED, system, message);
    }
}
