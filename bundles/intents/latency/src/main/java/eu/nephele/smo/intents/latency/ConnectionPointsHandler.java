// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Links of a service: it had better run near those that it calls, the nearer the more they exchange. */
@Component(configurationPid = "eu.nephele.smo.intents.latency", property = IntentHandler.NAME + "=connectionPoints")
public final class ConnectionPointsHandler implements IntentHandler {

    private static final String LATENCY = "latency";
    private static final long MOST_CHARACTERS = 253;

    private final double linkWeight;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public ConnectionPointsHandler(LatencyConfig config) {
        if (!(config.linkWeight() >= 0) || Double.isInfinite(config.linkWeight())) {
            throw new IllegalArgumentException(
                    "linkWeight=%s, expected a finite number, 0 or more".formatted(config.linkWeight()));
        }
        this.linkWeight = config.linkWeight();
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return IntentSchemas.list(
                "services of the graph that this one calls",
                new JsonObject(Map.of("type", new JsonString("string"), "maxLength", JsonNumber.of(MOST_CHARACTERS))));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = intent.service()
                .orElseThrow(() ->
                        new IllegalArgumentException(intent.pointer() + ": connectionPoints belong to a service"));
        List<JsonValue> items = intent.value()
                .asArray()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected a list"));
        for (int i = 0; i < items.size(); i++) {
            String pointer = intent.pointer() + "/" + i;
            String called = items.get(i)
                    .asString()
                    .orElseThrow(() -> new IllegalArgumentException(pointer + ": expected the id of a service"));
            if (called.equals(service) || intent.graph().service(called).isEmpty()) {
                throw new IllegalArgumentException(
                        "%s: %s is no other service of the graph".formatted(pointer, called));
            }
        }
        if (linkWeight > 0 && isFirstCaller(intent, service)) {
            requirements.weight(LATENCY, ObjectiveWeight.of(linkWeight));
        }
    }

    /** Weights of intents add up, and this one is about all links of the graph: it is given once. */
    private static boolean isFirstCaller(Intent intent, String service) {
        return intent.graph().links().stream()
                .findFirst()
                .filter(link -> link.from().equals(service))
                .isPresent();
    }
}
