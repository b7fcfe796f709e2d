// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** Passes on what enters use and what leaves it. Quick, on any thread. */
public interface StrategyUseListener {
    void entered(RegisteredService registeredService);

    void left(RegisteredService registeredService);
}
