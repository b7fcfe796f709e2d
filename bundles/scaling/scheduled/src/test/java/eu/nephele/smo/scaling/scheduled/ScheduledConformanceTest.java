// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

/** Windows have no default; it declares some for its examination. */
class ScheduledConformanceTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new ScheduledStrategy();
    }
}
