// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps which plugins are installed, and their files. Methods throw {@link eu.nephele.smo.api.runtime.SmoException}
 * when the database fails, {@code UNAVAILABLE} also when this server may not write.
 */
public interface PluginStore {

    /** Returns whether other servers can have the same database open. */
    boolean isShared();

    /** The revision of {@link #installed()}, by one small query; 0 when there is no list. */
    long revision();

    /** The list; empty when none was ever written. */
    Optional<InstalledPlugins> installed();

    /**
     * Puts the next revision in the place of the one before, and removes all contents but those named, in one
     * transaction.
     *
     * @param next its revision is one above that which is there
     * @param contents digests of the contents that it needs
     * @return whether it is done; not when another revision is there
     */
    boolean replace(InstalledPlugins next, Set<String> contents);

    /** Digests of the contents that were stored to their end. */
    Set<String> contents();

    /**
     * Stores a content in pieces, in a transaction each; it is valid when all are there. Former content under its
     * digest is replaced.
     *
     * @param sha256 its hex digest
     * @param content read to its end, not closed
     * @throws IOException when it cannot be read, or has another digest; nothing is valid then
     */
    void keep(String sha256, InputStream content) throws IOException;

    /**
     * Reads a content, piece by piece. Its digest is known at the end only: callers must not use the written content
     * before this returns.
     *
     * @throws DamagedContentException when it is missing, or has another digest than when it was stored
     * @throws IOException when it cannot be written
     */
    void copy(String sha256, OutputStream to) throws IOException;
}
