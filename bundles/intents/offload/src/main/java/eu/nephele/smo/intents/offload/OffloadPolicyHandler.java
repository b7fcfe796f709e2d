// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.offload;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** How readily services go where they cost less, and to which clusters they had better go. */
@Component(property = IntentHandler.NAME + "=offload_policy")
public final class OffloadPolicyHandler implements IntentHandler {

    private static final String NONE = "none";
    private static final String COST_SAVING = "cost_saving";
    private static final String AGGRESSIVE = "aggressive_cost_saving";
    private static final String CONSOLIDATE = "consolidate";
    private static final List<String> POLICIES = List.of(NONE, COST_SAVING, AGGRESSIVE, CONSOLIDATE);

    /** A move pays when it saves one unit of currency per hour. */
    private static final double COST_SAVING_WEIGHT = 1;

    /** A move pays when it saves a hundredth of that. */
    private static final double AGGRESSIVE_WEIGHT = 100;

    /** A move pays when it saves ten watts: the objective counts kilowatts. */
    private static final double CONSOLIDATION_WEIGHT = 100;

    private static final double PREFERENCE_WEIGHT = 10;

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject policy = IntentSchemas.oneOf("how readily services go where they cost less", POLICIES);
        JsonObject withTarget = IntentSchemas.closed(
                        "a policy, and where to go",
                        Map.of(
                                "policy", policy,
                                "to", IntentSchemas.textsByName("labels of clusters that services had better go to"),
                                "weight", IntentSchemas.positive("what giving that up costs, where a move costs 1")))
                .with("required", JsonArray.ofStrings(List.of("policy")));
        return JsonObject.EMPTY.with("anyOf", new JsonArray(List.of(policy, withTarget)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        Optional<String> word = intent.value().asString();
        if (word.isPresent()) {
            weigh(intent.pointer(), word.get(), requirements);
            return;
        }
        IntentValues value = IntentValues.of(intent);
        weigh(value.at("policy"), value.text("policy").orElse(""), requirements);
        Map<String, String> to = value.textsByName("to");
        if (!to.isEmpty()) {
            double weight = value.number("weight").orElse(PREFERENCE_WEIGHT);
            IntentValues.services(intent)
                    .forEach(service -> requirements.prefer(
                            service,
                            (cluster, signals) -> cluster.labels().entrySet().containsAll(to.entrySet()),
                            weight,
                            "offload_policy: rather on clusters with " + to));
        }
    }

    private static void weigh(String pointer, String policy, Requirements requirements) {
        switch (policy) {
            case NONE -> {}
            case COST_SAVING -> requirements.weight("price", ObjectiveWeight.of(COST_SAVING_WEIGHT));
            case AGGRESSIVE -> requirements.weight("price", ObjectiveWeight.of(AGGRESSIVE_WEIGHT));
            case CONSOLIDATE -> requirements.weight("consolidation", ObjectiveWeight.of(CONSOLIDATION_WEIGHT));
            default ->
                throw new IllegalArgumentException(
                        "%s: expected one of %s".formatted(pointer, String.join(", ", POLICIES)));
        }
    }
}
