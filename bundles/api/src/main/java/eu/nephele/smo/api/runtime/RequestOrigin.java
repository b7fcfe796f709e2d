// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Optional;

/**
 * Origin of a change, for events, operations and audit.
 *
 * @param principal user or key id
 * @param correlationId ties together everything that the request causes; "" when nobody gave one
 * @param traceParent context of the request in its trace, in the form of W3C trace context; "" for none
 * @param idempotency makes a repetition of the request answer with the first operation instead of doing it again
 */
public record RequestOrigin(
        String principal, String correlationId, String traceParent, Optional<IdempotencyKey> idempotency) {

    /** A program in this process. */
    public static final RequestOrigin INTERNAL = new RequestOrigin("smo", "", Optional.empty());

    /** An origin without a trace. */
    public RequestOrigin(String principal, String correlationId, Optional<IdempotencyKey> idempotency) {
        this(principal, correlationId, "", idempotency);
    }

    /** The same origin in a trace. */
    public RequestOrigin traced(String context) {
        return new RequestOrigin(principal, correlationId, context, idempotency);
    }

    /**
     * @param key chosen by the client, unique per request it means to make once
     * @param fingerprint digest of what is asked for; the same key with another fingerprint is refused
     */
    public record IdempotencyKey(String key, String fingerprint) {}
}
