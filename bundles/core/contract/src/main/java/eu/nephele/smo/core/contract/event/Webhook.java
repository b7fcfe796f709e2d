// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A subscription of an outside system.
 *
 * @param id UUID
 * @param filter which events it wants
 * @param secret key of the signature, or a reference to it ({@code env:}, {@code file:}); never shown, never logged
 * @param paused whether deliveries wait
 * @param createdAt when it was registered; it gets what is published afterwards
 * @param registeredBy who registered it; empty for one of a time in which that was not noted
 */
public record Webhook(
        String id,
        URI url,
        EventFilter filter,
        String secret,
        boolean paused,
        Instant createdAt,
        Optional<String> registeredBy) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "Webhook[%s → %s]".formatted(id, url);
    }
}
