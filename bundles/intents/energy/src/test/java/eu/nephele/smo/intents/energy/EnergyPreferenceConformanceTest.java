// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class EnergyPreferenceConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new EnergyPreferenceHandler(ConfigWith.nothing());
    }
}
