// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.scaling.ScalingStrategy;

/**
 * The contract of a {@link ScalingStrategy}: one answer per target, within bounds and capacities, pure, in time. Extend it
 * in a test class and supply the object.
 */
public abstract class ScalingStrategyContract extends PluginContract {

    /** The strategy under test, ready for use. */
    protected abstract ScalingStrategy strategy();

    @Override
    final Object plugin() {
        return strategy();
    }
}
