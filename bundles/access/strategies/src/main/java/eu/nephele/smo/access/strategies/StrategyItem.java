// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.json.StrategyStatuses;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;

/** A strategy, objective or intent in the form of the REST API. */
record StrategyItem(StrategyRef ref, ObjectNode json) {

    static StrategyItem of(InstalledStrategy strategy, StrategyStatuses strategyStatuses) {
        ObjectNode node = head(strategy.ref(), strategy.bundle());
        node.put("preferred", strategy.preferred());
        ArrayNode capabilities = node.putArray("capabilities");
        strategy.capabilities().stream().sorted().forEach(capabilities::add);
        node.set("parametersSchema", StrictJson.node(strategy.parametersSchema()));
        node.set("standing", strategyStatuses.json(strategy.ref()));
        return new StrategyItem(strategy.ref(), node);
    }

    /** An item that is not in use, of which less is known, or an objective or intent. */
    static StrategyItem from(StrategyStatus strategyStatus) {
        ObjectNode node = head(strategyStatus.ref(), strategyStatus.bundle());
        node.set("standing", StrategyStatuses.json(strategyStatus));
        return new StrategyItem(strategyStatus.ref(), node);
    }

    /** An objective or intent whose status is unknown. */
    static StrategyItem create(StrategyRef ref, String bundle, StrategyStatuses strategyStatuses) {
        ObjectNode node = head(ref, bundle);
        node.set("standing", strategyStatuses.json(ref));
        return new StrategyItem(ref, node);
    }

    private static ObjectNode head(StrategyRef ref, String bundle) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", ref.kind())
                .put("id", ref.id())
                .put("version", ref.version())
                .put("bundle", bundle);
    }
}
