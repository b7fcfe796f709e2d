// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.math.BigDecimal;
import java.util.Locale;

final class DecisionJson {

    private static final int NANOS_PER_MILLI_DIGITS = 6;

    private DecisionJson() {}

    static ObjectNode summary(DecisionRecord decision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", decision.id());
        node.put("kind", decision.kind().name().toLowerCase(Locale.ROOT));
        node.put("project", decision.graph().project());
        node.put("graph", decision.graph().name());
        node.put("generation", decision.generation());
        node.put("at", decision.at().toString());
        node.put("reason", decision.reason());
        node.putObject("strategy")
                .put("id", decision.strategy().id())
                .put("version", decision.strategy().version());
        node.put("outcome", decision.outcome());
        node.put("fallback", decision.fallback());
        node.put("durationMillis", BigDecimal.valueOf(decision.duration().toNanos(), NANOS_PER_MILLI_DIGITS));
        return node;
    }

    static ObjectNode whole(DecisionRecord decision) {
        ObjectNode node = summary(decision);
        decision.inputs()
                .ifPresentOrElse(
                        inputs -> node.putObject("inputs")
                                .put("digest", inputs.digest())
                                .set("content", StrictJson.node(inputs.whole())),
                        () -> node.putNull("inputs"));
        node.set("details", StrictJson.node(decision.details()));
        return node;
    }
}
