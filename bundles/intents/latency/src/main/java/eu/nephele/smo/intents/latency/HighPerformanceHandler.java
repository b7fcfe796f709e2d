// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Gives every link of a graph at least one class of latency; links with a stricter one keep it. */
@Component(configurationPid = "eu.nephele.smo.intents.latency", property = IntentHandler.NAME + "=highPerformance")
public final class HighPerformanceHandler implements IntentHandler {

    private final LatencyClasses classes;

    @Activate
    public HighPerformanceHandler(LatencyConfig config) {
        this.classes = LatencyClasses.of(config);
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return IntentSchemas.closed(
                        "low latency of all links",
                        Map.of(
                                "enabled", IntentSchemas.flag("true: all links of the graph have at least this class"),
                                "qos",
                                        IntentSchemas.oneOf(
                                                "the class; low unless given",
                                                List.of(LatencyClasses.ULTRALOW, LatencyClasses.LOW))))
                .with("required", JsonArray.ofStrings(List.of("enabled")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        IntentValues value = IntentValues.of(intent);
        String qos = value.text("qos").orElse(LatencyClasses.LOW);
        if (value.flag("enabled")) {
            intent.graph()
                    .links()
                    .forEach(link -> classes.limit(value.at("qos"), link.from(), link.to(), qos, requirements));
        }
    }
}
