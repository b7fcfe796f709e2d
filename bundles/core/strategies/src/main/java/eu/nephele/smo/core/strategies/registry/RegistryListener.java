// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** Hears who is ejected, let in again, or gone. Quick, on any thread. */
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
