// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class ConnectionPointsConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new ConnectionPointsHandler(ConfigWith.nothing());
    }
}
