// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.core.rules.RuleBook.IntentPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Offers the intents of rule files as services. Used by one thread. */
final class RegisteredIntents implements IntentPublisher {

    private final BundleContext context;
    private final Map<String, List<ServiceRegistration<IntentHandler>>> registered = new HashMap<>();

    RegisteredIntents(BundleContext context) {
        this.context = context;
    }

    @Override
    public void publish(String file, List<RuleIntent> intents) {
        List<ServiceRegistration<IntentHandler>> before = registered.getOrDefault(file, List.of());
        List<ServiceRegistration<IntentHandler>> now = new ArrayList<>();
        for (RuleIntent intent : intents) {
            now.add(context.registerService(
                    IntentHandler.class,
                    intent,
                    FrameworkUtil.asDictionary(Map.of(IntentHandler.NAME, intent.name()))));
        }
        // the new ones are there: nobody meets an intent without a handler
        before.forEach(ServiceRegistration::unregister);
        registered.put(file, now);
    }
}
