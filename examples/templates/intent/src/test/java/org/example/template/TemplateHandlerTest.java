package org.example.template;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.lab.testkit.IntentHandlerContract;

class TemplateHandlerTest extends IntentHandlerContract {

    @Override
    protected IntentHandler handler() {
        return new TemplateHandler();
    }
}
