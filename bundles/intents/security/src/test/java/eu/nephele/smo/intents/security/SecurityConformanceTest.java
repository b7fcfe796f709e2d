// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class SecurityConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new SecurityHandler(ConfigWith.nothing());
    }
}
