// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class SpreadConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new SpreadHandler();
    }
}
