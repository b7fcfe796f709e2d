// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Keeps a service off the clusters of other services of its graph. */
@Component(property = IntentHandler.NAME + "=antiAffinity")
public final class AntiAffinityHandler implements IntentHandler {

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return LocationSchemas.texts("ids of services of this graph that must not share a cluster with this one");
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = LocationValues.serviceOf(intent);
        List<JsonValue> others = intent.value()
                .asArray()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected a list of service ids"));
        for (int i = 0; i < others.size(); i++) {
            String pointer = intent.pointer() + "/" + i;
            String other = LocationValues.text(pointer, others.get(i));
            if (other.equals(service)) {
                throw new IllegalArgumentException("%s: service %s refers to itself".formatted(pointer, service));
            }
            if (intent.graph().service(other).isEmpty()) {
                throw new IllegalArgumentException("%s: service %s is not part of the graph".formatted(pointer, other));
            }
            requirements.apart(service, other);
        }
    }
}
