// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.intent.IntentHandler;

/** The contract of a {@link IntentHandler}: a schema that says what it takes, the same meaning every time, a clear refusal of everything else. Extend it in a test class and give the object. */
public abstract class IntentHandlerContract extends PluginContract {

    /** The handler to examine, ready for use. */
    protected abstract IntentHandler handler();

    @Override
    final Object plugin() {
        return handler();
    }
}
