// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.scaling.DemandForecaster;

/**
 * The contract of a {@link DemandForecaster}: one entry per service, ascending quantiles for the time asked whatever the past, pure, in
 * time. Extend it in a test class and supply the object.
 */
public abstract class DemandForecasterContract extends PluginContract {

    /** The forecaster under test, ready for use. */
    protected abstract DemandForecaster forecaster();

    @Override
    final Object plugin() {
        return forecaster();
    }
}
