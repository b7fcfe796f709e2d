// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** Passes on what enters use and what leaves it. Quick, on any thread. */
public interface StrategyTeller {
    void entered(Offer offer);

    void left(Offer offer);
}
