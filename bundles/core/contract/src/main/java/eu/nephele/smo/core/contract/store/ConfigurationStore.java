// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what was changed of the configuration while a server ran. Methods throw
 * {@link eu.nephele.smo.api.runtime.SmoException} when the database fails, {@code UNAVAILABLE} also when this server
 * may not write.
 */
public interface ConfigurationStore {

    /** Reads the revision by one small query. */
    ConfigurationRevision mark();

    /** The latest change of each configuration that has one after this revision, in their order. */
    List<StoredConfiguration> changedAfter(long revision);

    /**
     * Stores a change in the place of the one before.
     *
     * @param content text of its file in the typed format; empty to take it back
     * @return the revision of the change
     */
    long change(String pid, Optional<String> content);

    /** Returns the effective configuration of the owner; empty if no owner has written it. */
    Optional<EffectiveConfiguration> effective();

    /** Puts what counts at this server in the place of what was there. */
    void effective(EffectiveConfiguration next);
}
