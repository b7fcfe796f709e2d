// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.history.GraphState;
import eu.nephele.smo.core.contract.history.GraphState.Load;
import eu.nephele.smo.core.contract.history.GraphState.ServiceState;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a recorded decision changes of a graph. */
final class RecordedChanges {

    private static final String PLACED = "placed";

    private RecordedChanges() {}

    /** The members of the state that are others after the decision. */
    static GraphState after(DecisionRecord decision, GraphState before) {
        if (decision.kind() == DecisionKind.SCALING) {
            return new GraphState(
                    Optional.empty(), Optional.empty(), Optional.empty(), changed(scaled(decision, before), before));
        }
        return decision.outcome().equals(PLACED)
                ? new GraphState(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(decision.id()),
                        changed(placed(decision, before), before))
                : GraphState.UNKNOWN;
    }

    private static Map<String, ServiceState> changed(Map<String, ServiceState> next, GraphState before) {
        next.entrySet()
                .removeIf(service -> service.getValue().equals(before.services().get(service.getKey())));
        return next;
    }

    /** A placement says of all services where they are; others are nowhere any more. */
    private static Map<String, ServiceState> placed(DecisionRecord decision, GraphState before) {
        Map<String, ServiceState> next = new LinkedHashMap<>();
        before.services().keySet().forEach(service -> next.put(service, ServiceState.NOWHERE));
        JsonFieldReader details = new JsonFieldReader(decision.details());
        details.optionalObject("placement")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((service, shares) -> next.put(
                        service,
                        new ServiceState(
                                shares(shares),
                                Optional.ofNullable(before.services().get(service))
                                        .flatMap(ServiceState::load))));
        return next;
    }

    private static List<Share> shares(JsonValue shares) {
        return JsonFieldReader.list(shares).stream()
                .map(share -> new Share(ClusterId.parse(share.text("cluster")), share.integer("replicas")))
                .toList();
    }

    /** A decision on replicas says of some services how many they have on a cluster, and which load it saw. */
    private static Map<String, ServiceState> scaled(DecisionRecord decision, GraphState before) {
        Map<String, ServiceState> next = new LinkedHashMap<>();
        Map<String, Double> loads = new HashMap<>();
        for (JsonObject each : new JsonFieldReader(decision.details()).objects("services")) {
            JsonFieldReader fields = new JsonFieldReader(each);
            String service = fields.text("service");
            ServiceState present =
                    next.getOrDefault(service, before.services().getOrDefault(service, ServiceState.NOWHERE));
            Share share = new Share(ClusterId.parse(fields.text("cluster")), fields.integer("to"));
            next.put(service, new ServiceState(replaced(present.shares(), share), present.load()));
            fields.optionalDecimal("demandPerSecond").ifPresent(demand -> loads.merge(service, demand, Double::sum));
        }
        loads.forEach((service, load) ->
                next.computeIfPresent(service, (same, state) -> state.with(new Load(load, decision.at()))));
        return next;
    }

    private static List<Share> replaced(List<Share> shares, Share share) {
        List<Share> next = new ArrayList<>();
        boolean found = false;
        for (Share each : shares) {
            boolean same = each.cluster().equals(share.cluster());
            next.add(same ? share : each);
            found |= same;
        }
        if (!found) {
            next.add(share);
        }
        return next;
    }
}
