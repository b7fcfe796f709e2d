// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

/**
 * Revision of the configuration in the store.
 *
 * @param origin unique for ever: distinguishes the changes of this database from those of another one; empty when
 *     nothing was ever written
 * @param revision of the latest change, from 1; 0 when there was none
 * @param effective rises each time the owner writes its effective configuration
 */
public record ConfigurationRevision(String origin, long revision, long effective) {

    /** Nothing was ever written. */
    public static final ConfigurationRevision NOTHING = new ConfigurationRevision("", 0, 0);
}
