// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.offload;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class OffloadPolicyConformanceTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new OffloadPolicyHandler();
    }
}
