// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class OffloadPolicyTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new OffloadPolicy();
    }
}
