package org.example.template;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** All services of the graph on clusters in one place: the value is their location. */
@Component(property = IntentHandler.NAME + "=template-name")
public final class TemplateHandler implements IntentHandler {

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return new JsonObject(Map.of("type", new JsonString("string"), "description", new JsonString("a location")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String wanted = intent.value()
                .asString()
                .orElseThrow(
                        () -> new IllegalArgumentException(intent.pointer() + ": expected the name of a location"));
        intent.graph()
                .services()
                .forEach(service -> requirements.allowOnly( // the rule, yours to change
                        service.id(),
                        cluster -> cluster.location().equals(wanted),
                        "template-name: only in " + wanted));
    }
}
