// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class EnergyEfficiencyConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new EnergyEfficiencyHandler(ConfigWith.nothing());
    }
}
