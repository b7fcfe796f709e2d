// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.json.Standings;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyControl.Standing;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.Json;

/**
 * Something that takes part in decisions, as the interface shows it.
 *
 * @param ref kind, id, version
 * @param json everything that is known of it
 */
record StrategyItem(StrategyRef ref, ObjectNode json) {

    static StrategyItem of(InstalledStrategy strategy, Standings standings) {
        ObjectNode node = head(strategy.ref(), strategy.bundle());
        node.put("preferred", strategy.preferred());
        ArrayNode capabilities = node.putArray("capabilities");
        strategy.capabilities().stream().sorted().forEach(capabilities::add);
        node.set("parametersSchema", Json.node(strategy.parametersSchema()));
        node.set("standing", standings.json(strategy.ref()));
        return new StrategyItem(strategy.ref(), node);
    }

    /** One that is not in use, of which less is known, or an objective or intent. */
    static StrategyItem of(Standing standing) {
        ObjectNode node = head(standing.ref(), standing.bundle());
        node.set("standing", Standings.json(standing));
        return new StrategyItem(standing.ref(), node);
    }

    /** An objective or intent while nobody knows how it stands. */
    static StrategyItem of(StrategyRef ref, String bundle, Standings standings) {
        ObjectNode node = head(ref, bundle);
        node.set("standing", standings.json(ref));
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
