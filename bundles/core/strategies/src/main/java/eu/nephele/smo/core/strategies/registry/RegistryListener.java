// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** Notified when a service is ejected, reinstated, or unregistered. Quick, on any thread. */
public interface RegistryListener {
    default void ejected(RegisteredService registeredService, String why) {
        // not everybody cares
    }

    default void letIn(RegisteredService registeredService) {
        // not everybody cares
    }

    /** Services have left, and so have the calls inside them, as far as they end. */
    default void gone() {
        // not everybody cares
    }
}
