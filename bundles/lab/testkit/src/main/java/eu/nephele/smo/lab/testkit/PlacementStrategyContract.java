// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.placement.PlacementStrategy;

/**
 * The contract of a {@link PlacementStrategy}: keeps every rule, explains itself, is pure, stops when told. Extend it in a
 * test class and supply the object.
 */
public abstract class PlacementStrategyContract extends PluginContract {

    /** The strategy under test, ready for use. */
    protected abstract PlacementStrategy strategy();

    @Override
    final Object plugin() {
        return strategy();
    }
}
