// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a service has as many replicas as it has, from the record of a scaling decision. */
final class ScalingExplainer {

    private ScalingExplainer() {}

    /** Empty when the record does not contain the service. */
    static Optional<JsonObject> explain(DecisionRecord record, String service) {
        List<JsonObject> shares = new JsonFieldReader(record.details())
                .objects("services").stream()
                        .filter(share ->
                                new JsonFieldReader(share).text("service").equals(service))
                        .toList();
        if (shares.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new JsonFieldWriter()
                .put("decisionId", record.id())
                .put("at", record.at().toString())
                .put("strategy", record.strategy().id())
                .put("strategyVersion", record.strategy().version())
                .put("outcome", record.outcome())
                .put("shares", JsonFieldWriter.array(shares, share -> share))
                .put("text", JsonArray.ofStrings(text(record, service, shares)))
                .object());
    }

    private static List<String> text(DecisionRecord record, String service, List<JsonObject> shares) {
        List<String> lines = new ArrayList<>();
        for (JsonObject share : shares) {
            int from = new JsonFieldReader(share).integer("from");
            int to = new JsonFieldReader(share).integer("to");
            Optional<BigDecimal> demand = share.get("demandPerSecond").flatMap(JsonValue::asNumber);
            boolean byHand = record.strategy().id().equals(StrategyRef.PERSON);
            String amount = from == to
                    ? (from == 1 ? "keeps its replica" : "keeps its %d replicas".formatted(from))
                    : "went from %d to %d replicas".formatted(from, to);
            if (byHand) {
                lines.add("%s %s: %s (%s)."
                        .formatted(service, amount, new JsonFieldReader(share).text("reason"), record.at()));
                continue;
            }
            lines.add("%s %s because strategy %s %s said: %s%s (%s)."
                    .formatted(
                            service,
                            amount,
                            record.strategy().id(),
                            record.strategy().version(),
                            new JsonFieldReader(share).text("reason"),
                            demand.map(value -> "; it saw %s requests/s"
                                            .formatted(AmountFormatter.number(value.doubleValue())))
                                    .orElse("; it saw no load"),
                            record.at()));
        }
        if (record.fallback()) {
            lines.add("A fallback decided instead of the requested strategy.");
        }
        return lines;
    }
}
