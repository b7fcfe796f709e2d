// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who has logged in.
 *
 * @param groups of somebody known elsewhere
 * @param hash of its token
 * @param address where it was opened from
 */
record Session(
        String id,
        String principal,
        Set<String> groups,
        String hash,
        String address,
        Instant createdAt,
        Instant until) {

    Session {
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return "Session[%s of %s]".formatted(id, principal);
    }
}
