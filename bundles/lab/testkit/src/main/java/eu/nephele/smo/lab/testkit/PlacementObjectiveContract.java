// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.placement.PlacementObjective;

/**
 * The contract of a {@link PlacementObjective}: real costs for every problem, always the same, in time. Extend it in a test
 * class and supply the object.
 */
public abstract class PlacementObjectiveContract extends PluginContract {

    /** The objective under test, ready for use. */
    protected abstract PlacementObjective objective();

    @Override
    final Object plugin() {
        return objective();
    }
}
