// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.port.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keys of signatures: a text is the key itself, a reference is looked up each time it is used. */
final class Secrets {

    /** Beginnings of references; everything else is a key. */
    private static final List<String> SCHEMES = List.of("env:", "file:");

    private final List<SecretSource> sources = new CopyOnWriteArrayList<>();

    void add(SecretSource source) {
        sources.add(source);
    }

    void remove(SecretSource source) {
        sources.remove(source);
    }

    static boolean isReference(String secret) {
        return SCHEMES.stream().anyMatch(secret::startsWith);
    }

    /** The scheme, with colon, of a reference that has nothing behind it. */
    static Optional<String> emptyReference(String secret) {
        return SCHEMES.stream().filter(secret::equals).findFirst();
    }

    /** Empty when it is a reference to nothing. */
    Optional<String> key(String secret) {
        if (!isReference(secret)) {
            return Optional.of(secret);
        }
        return sources.stream()
                .flatMap(source -> source.resolve(secret).stream())
                .filter(key -> !key.isEmpty())
                .findFirst();
    }
}
