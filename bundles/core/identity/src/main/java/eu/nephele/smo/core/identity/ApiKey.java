// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key of a program.
 *
 * @param secrets those that count, the latest first
 */
record ApiKey(String name, String description, List<KeySecret> secrets, String createdBy, Instant createdAt) {

    ApiKey {
        secrets = List.copyOf(secrets);
    }

    /**
     * @param hash of the secret
     * @param until when it ends; empty: never
     */
    record KeySecret(String hash, Optional<Instant> until) {
        boolean counts(Instant now) {
            return until.map(now::isBefore).orElse(true);
        }
    }

    boolean counts(Instant now) {
        return secrets.stream().anyMatch(secret -> secret.counts(now));
    }

    String principal() {
        return Principals.KEY + name;
    }

    @Override
    public String toString() {
        return "ApiKey[%s]".formatted(name);
    }
}
