// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.contract.store.InstalledPlugins;

/**
 * Revision of the plugins in the store, as a folder knows it.
 *
 * @param folder id of this folder, by which it recognises what it has written there itself
 * @param origin id of the list of plugins in the store; "" for none so far
 * @param revision that the states beside it have in the store, or are about to have
 * @param shared whether other servers can have that store open
 */
public record StoreRevision(String folder, String origin, long revision, boolean shared) {

    /** Of a folder that has never seen a store. */
    public static final StoreRevision NONE = new StoreRevision("", "", 0, false);

    /** Returns whether a list is one that this folder has seen, in whichever revision. */
    public boolean knows(InstalledPlugins list) {
        return !origin.isEmpty() && origin.equals(list.origin());
    }

    /** Returns whether no other server has written since this folder did: then the folder decides what is installed. */
    public boolean isAheadOf(InstalledPlugins list) {
        return knows(list) && list.writer().equals(folder) && list.revision() <= revision;
    }
}
