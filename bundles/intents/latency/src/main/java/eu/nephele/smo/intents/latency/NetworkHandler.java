// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Limits the latency of links, and places a service near its device. */
@Component(configurationPid = "eu.nephele.smo.intents.latency", property = IntentHandler.NAME + "=network")
@Designate(ocd = LatencyConfig.class)
public final class NetworkHandler implements IntentHandler {

    private final LatencyClasses classes;
    private final DeviceProximity proximity;

    @Activate
    public NetworkHandler(LatencyConfig config) {
        this.classes = LatencyClasses.of(config);
        this.proximity = DeviceProximity.of(config);
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return NetworkSchema.create();
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = intent.service()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": network belongs to a service"));
        IntentValues value = IntentValues.of(intent);
        List<JsonValue> latencies = value.items("latencies");
        for (int i = 0; i < latencies.size(); i++) {
            latency(intent, service, IntentValues.of(value.at("latencies") + "/" + i, latencies.get(i)), requirements);
        }
        value.child("deviceProximity")
                .filter(wanted -> wanted.flag("enabled"))
                .ifPresent(wanted -> proximity.apply(service, wanted, requirements));
    }

    private void latency(Intent intent, String service, IntentValues entry, Requirements requirements) {
        String to = entry.text("connectionPoint").orElse("");
        String qos = entry.text("qos").orElse(LatencyClasses.BEST_EFFORT);
        OptionalDouble most = entry.number("maxMillis");
        if (to.isEmpty()) {
            return;
        }
        if (to.equals(service) || intent.graph().service(to).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s is no other service of the graph".formatted(entry.at("connectionPoint"), to));
        }
        if (most.isPresent() && !(most.getAsDouble() > 0)) {
            throw new IllegalArgumentException("%s: expected more than 0 ms".formatted(entry.at("maxMillis")));
        }
        classes.limit(entry.at("qos"), service, to, qos, requirements);
        most.ifPresent(millis -> classes.limit(service, to, millis, requirements));
    }
}
