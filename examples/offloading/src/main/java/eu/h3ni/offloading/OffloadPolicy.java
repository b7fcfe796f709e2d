// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

// docs: intent
/**
 * The intent {@code h3ni.offload_policy} of a graph: the saving that justifies a move of its services. It is the weight
 * of the objective {@code price} (currency per hour) against {@code moves} (1 each).
 */
@Component(property = IntentHandler.NAME + "=" + OffloadPolicy.NAME)
public final class OffloadPolicy implements IntentHandler {

    static final String NAME = "h3ni.offload_policy";
    private static final String NONE = "none";
    private static final String COST_SAVING = "cost_saving";
    private static final String AGGRESSIVE = "aggressive_cost_saving";

    /** A move pays when it saves one unit of currency per hour. */
    private static final double COST_SAVING_WEIGHT = 1;

    /** A move pays when it saves a hundredth of that. */
    private static final double AGGRESSIVE_WEIGHT = 100;

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return new JsonObject(Map.of(
                "type", new JsonString("string"),
                "enum",
                        new JsonArray(
                                List.of(new JsonString(NONE), new JsonString(COST_SAVING), new JsonString(AGGRESSIVE))),
                "description", new JsonString("how readily services go to cheaper clusters")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        switch (intent.value().asString().orElse("")) {
            case NONE -> {}
            case COST_SAVING -> requirements.weight("price", ObjectiveWeight.of(COST_SAVING_WEIGHT));
            case AGGRESSIVE -> requirements.weight("price", ObjectiveWeight.of(AGGRESSIVE_WEIGHT));
            default ->
                throw new IllegalArgumentException(
                        "%s: expected %s, %s or %s".formatted(intent.pointer(), NONE, COST_SAVING, AGGRESSIVE));
        }
    }
}
// docs: end
