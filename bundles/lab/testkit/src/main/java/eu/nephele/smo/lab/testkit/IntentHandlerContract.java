// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.intent.IntentHandler;

/**
 * The contract of an {@link IntentHandler}: a schema of the accepted values, the same meaning every time, a clear refusal of
 * all others. Extend it in a test class and supply the object.
 */
public abstract class IntentHandlerContract extends PluginContract {

    /** The handler under test, ready for use. */
    protected abstract IntentHandler handler();

    @Override
    final Object plugin() {
        return handler();
    }
}
