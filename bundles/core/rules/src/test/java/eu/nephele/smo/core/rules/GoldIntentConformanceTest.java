// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;
import java.util.Map;

class GoldIntentConformanceTest extends IntentHandlerContract {

    @Override
    protected Map<String, ?> serviceProperties() {
        return Map.of(IntentHandler.NAME, "acme.tier");
    }

    @Override
    protected IntentHandler handler() {
        return Rules.read(Rules.GOLD).get(0);
    }
}
