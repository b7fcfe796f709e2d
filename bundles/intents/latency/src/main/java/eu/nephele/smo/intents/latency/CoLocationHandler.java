// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Places a service on one cluster with others of its graph, or next to services of other graphs. */
@Component(property = IntentHandler.NAME + "=coLocation")
public final class CoLocationHandler implements IntentHandler {

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject ofGraph = IntentSchemas.text("service of this graph");
        JsonObject any = IntentSchemas.closed(
                        "a service, perhaps of another graph",
                        Map.of(
                                "id", IntentSchemas.text("service"),
                                "groundedGraphId",
                                        new JsonObject(Map.of("type", new JsonString("string")))
                                                .with("description", new JsonString("another graph of the project"))))
                .with("required", JsonArray.ofStrings(List.of("id")));
        return IntentSchemas.list(
                "services that have to share the cluster",
                new JsonObject(Map.of("anyOf", new JsonArray(List.of(ofGraph, any)))));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = intent.service()
                .orElseThrow(
                        () -> new IllegalArgumentException(intent.pointer() + ": coLocation belongs to a service"));
        List<JsonValue> items = intent.value()
                .asArray()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected a list"));
        for (int i = 0; i < items.size(); i++) {
            apply(intent, service, intent.pointer() + "/" + i, items.get(i), requirements);
        }
    }

    private static void apply(
            Intent intent, String service, String pointer, JsonValue item, Requirements requirements) {
        Optional<String> id = item.asString();
        if (id.isPresent()) {
            together(intent, service, pointer, id.get(), requirements);
            return;
        }
        IntentValues value = IntentValues.of(pointer, item);
        String other = value.text("id")
                .orElseThrow(() -> new IllegalArgumentException(pointer + ": id of the service is missing"));
        String graph = value.text("groundedGraphId").orElse("");
        if (graph.isEmpty() || graph.equals(intent.graph().id().name())) {
            together(intent, service, value.at("id"), other, requirements);
        } else {
            requirements.nextTo(service, graph, other);
        }
    }

    private static void together(
            Intent intent, String service, String pointer, String other, Requirements requirements) {
        if (other.equals(service) || intent.graph().service(other).isEmpty()) {
            throw new IllegalArgumentException("%s: %s is no other service of the graph".formatted(pointer, other));
        }
        requirements.together(Set.of(service, other));
    }
}
