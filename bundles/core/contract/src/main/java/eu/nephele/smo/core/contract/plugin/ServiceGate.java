// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.api.port.Subscription;

/**
 * Stands between the framework and the registry of strategies: what it holds back is known and not used. Without a gate
 * the registry takes nothing new from bundles that are not part of the product.
 */
public interface ServiceGate {

    /** Returns whether services of this bundle may be used now. */
    boolean open(long bundleId);

    /** Notifies that an answer of {@link #open} may have changed. Quick, on any thread. */
    Subscription onChange(Runnable listener);
}
