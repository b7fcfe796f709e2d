// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.List;
import java.util.Optional;

/**
 * Services on their clusters whose replicas one call of a strategy decided in a recorded decision.
 *
 * @param omitted services of the decision that another call decided, or none
 */
record ScalingPlaces(List<ScalingPlace> all, List<String> omitted) {

    /**
     * A service on a cluster.
     *
     * @param from its replicas before the decision
     * @param call index of the call of the strategy
     * @param position in that call
     * @param parameters of the strategy
     */
    record ScalingPlace(
            String service,
            String cluster,
            int from,
            int call,
            int position,
            StrategyRef strategy,
            JsonObject parameters) {

        private static ScalingPlace from(JsonObject service) {
            JsonFieldReader fields = new JsonFieldReader(service);
            return new ScalingPlace(
                    fields.text("service"),
                    fields.text("cluster"),
                    fields.integer("from"),
                    fields.integer("call"),
                    fields.integer("position"),
                    new StrategyRef(StrategyRef.SCALING, fields.text("strategy"), fields.text("strategyVersion")),
                    DecisionParameters.of(RecordedPlacement.effective(service), fields.flag("fallback"))
                            .parameters());
        }
    }

    /** @param service of which the call is; empty: the first one */
    static ScalingPlaces of(DecisionRecord decision, Optional<String> service) {
        List<JsonObject> services = new JsonFieldReader(decision.details()).objects("services");
        List<ScalingPlace> decided = services.stream()
                .filter(each -> each.get("call").isPresent())
                .map(ScalingPlace::from)
                // nobody's answer
                .filter(place -> !place.strategy().id().equals("keep"))
                .toList();
        Optional<Integer> call = decided.stream()
                .filter(place -> service.map(place.service()::equals).orElse(true))
                .map(ScalingPlace::call)
                .findFirst();
        List<ScalingPlace> all = decided.stream()
                .filter(place -> call.equals(Optional.of(place.call())))
                .toList();
        List<String> omitted = services.stream()
                .map(each -> new JsonFieldReader(each).text("service"))
                .filter(each -> all.stream().noneMatch(place -> place.service().equals(each)))
                .distinct()
                .toList();
        return new ScalingPlaces(all, omitted);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Of one that is not empty, as the other two. */
    int call() {
        return all.get(0).call();
    }

    StrategyRef strategy() {
        return all.get(0).strategy();
    }

    JsonObject parameters() {
        return all.get(0).parameters();
    }
}
