// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.FormerState.FormerService;
import eu.nephele.smo.core.contract.history.FormerState.LoadReading;
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
    static FormerState after(DecisionRecord decision, FormerState before) {
        if (decision.kind() == DecisionKind.SCALING) {
            return new FormerState(
                    Optional.empty(), Optional.empty(), Optional.empty(), changed(scaled(decision, before), before));
        }
        return decision.outcome().equals(PLACED)
                ? new FormerState(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(decision.id()),
                        changed(placed(decision, before), before))
                : FormerState.UNKNOWN;
    }

    private static Map<String, FormerService> changed(Map<String, FormerService> next, FormerState before) {
        next.entrySet()
                .removeIf(service -> service.getValue().equals(before.services().get(service.getKey())));
        return next;
    }

    /** A placement says of all services where they are; others are nowhere any more. */
    private static Map<String, FormerService> placed(DecisionRecord decision, FormerState before) {
        Map<String, FormerService> next = new LinkedHashMap<>();
        before.services().keySet().forEach(service -> next.put(service, FormerService.NOWHERE));
        JsonFieldReader details = new JsonFieldReader(decision.details());
        details.optionalObject("placement")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((service, shares) -> next.put(
                        service,
                        new FormerService(
                                shares(shares),
                                Optional.ofNullable(before.services().get(service))
                                        .flatMap(FormerService::load))));
        return next;
    }

    private static List<Share> shares(JsonValue shares) {
        return JsonFieldReader.list(shares).stream()
                .map(share -> new Share(ClusterId.parse(share.text("cluster")), share.integer("replicas")))
                .toList();
    }

    /** A decision on replicas says of some services how many they have on a cluster, and which load it saw. */
    private static Map<String, FormerService> scaled(DecisionRecord decision, FormerState before) {
        Map<String, FormerService> next = new LinkedHashMap<>();
        Map<String, Double> loads = new HashMap<>();
        for (JsonObject each : new JsonFieldReader(decision.details()).objects("services")) {
            JsonFieldReader fields = new JsonFieldReader(each);
            String service = fields.text("service");
            FormerService present =
                    next.getOrDefault(service, before.services().getOrDefault(service, FormerService.NOWHERE));
            Share share = new Share(ClusterId.parse(fields.text("cluster")), fields.integer("to"));
            next.put(service, new FormerService(replaced(present.shares(), share), present.load()));
            fields.optionalDecimal("demandPerSecond").ifPresent(demand -> loads.merge(service, demand, Double::sum));
        }
        loads.forEach((service, load) ->
                next.computeIfPresent(service, (same, state) -> state.with(new LoadReading(load, decision.at()))));
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
