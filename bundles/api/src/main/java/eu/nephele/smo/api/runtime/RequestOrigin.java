// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Optional;

/**
 * Origin of a change, for events, operations and audit.
 *
 * @param principal user or key id
 * @param correlationId ties together everything that the request causes; "" when nobody gave one
 * @param idempotency makes a repetition of the request answer with the first operation instead of doing it again
 */
public record RequestOrigin(String principal, String correlationId, Optional<IdempotencyKey> idempotency) {

    /** A program in this process. */
    public static final RequestOrigin INTERNAL = new RequestOrigin("smo", "", Optional.empty());

    /**
     * @param key chosen by the client, unique per request it means to make once
     * @param fingerprint digest of what is asked for; the same key with another fingerprint is refused
     */
    public record IdempotencyKey(String key, String fingerprint) {}
}
