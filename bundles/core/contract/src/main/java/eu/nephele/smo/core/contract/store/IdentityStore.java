// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps users, keys, sessions and grants. Methods throw {@link eu.nephele.smo.api.runtime.SmoException} when the
 * database fails, {@code UNAVAILABLE} also when this server may not write.
 */
public interface IdentityStore {

    /** Reads the revision by one small query; 0 before the first change. */
    long revision();

    /** The latest state of everything that was changed after this revision, in the order of the changes. */
    List<StoredIdentity> changedAfter(long revision);

    /**
     * Changes several at once, with one revision.
     *
     * @param contents JSON; empty to remove
     * @return the revision
     */
    long change(Map<IdentityKey, Optional<String>> contents);

    /** Notes when keys and sessions were used last; no change in the sense of {@link #revision()}. */
    void used(Map<IdentityKey, Instant> times);

    Map<IdentityKey, Instant> uses();

    /**
     * Forgets what was removed, after all servers have read that it was.
     *
     * @return how many
     */
    int forgetRemoved(Instant before);
}
