// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.util.Optional;

/**
 * Latest state of a user, key, session or grant.
 *
 * @param revision of the change that made it so
 * @param content JSON; empty when it was removed
 */
public record StoredIdentity(IdentityKey key, long revision, Optional<String> content) {

    /**
     * @param kind {@code user}, {@code key}, {@code session} or {@code grant}
     * @param id unique within the kind
     */
    public record IdentityKey(String kind, String id) {}
}
