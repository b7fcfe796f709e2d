// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.core.rules.RuleBook.IntentPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;

/** Offers the intents of rule files as services: changed by one thread, asked by any. */
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

    @Override
    public List<String> others(String intent) {
        try {
            // names of intents have no characters that a filter would take for its own
            return context
                    .getServiceReferences(IntentHandler.class, "(%s=%s)".formatted(IntentHandler.NAME, intent))
                    .stream()
                    .flatMap(offer -> Optional.ofNullable(offer.getBundle()).stream())
                    .filter(bundle ->
                            bundle.getBundleId() != context.getBundle().getBundleId())
                    .map(Bundle::getSymbolicName)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (InvalidSyntaxException never) {
            throw new IllegalStateException(never);
        }
    }
}
