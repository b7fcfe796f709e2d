// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class EnergyPreferenceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new EnergyPreference();
    }
}
