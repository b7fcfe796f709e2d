// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reasons against another cluster for one service: the strategy's own, else one that can be computed, and no guess. */
final class RejectionReasons {

    private static final double SAME = 1e-9;

    private final String strategy;
    private final Map<String, String> told;
    private final List<Priced> priced;

    RejectionReasons(DecisionRecord record, String service, List<Priced> priced) {
        this.strategy = record.strategy().id();
        this.told = record.details()
                .get("rejected")
                .flatMap(JsonValue::asObject)
                .map((JsonObject reasons) -> PlacementJson.reasons(reasons).getOrDefault(service, Map.of()))
                .orElse(Map.of());
        this.priced = priced;
    }

    Optional<String> describe(ClusterId cluster) {
        return Optional.ofNullable(told.get(cluster.toString()));
    }

    /** For people, without a full stop. */
    String reason(Alternative mine, Alternative other) {
        return describe(other.cluster())
                .map(why -> why + ", says " + strategy)
                .orElseGet(() -> other.isPossible() ? byCost(mine, other) : other.obstacle());
    }

    private String byCost(Alternative mine, Alternative other) {
        double difference = other.total() - mine.total();
        String notTold = "the strategy " + strategy + " gives no reason";
        if (Math.abs(difference) < SAME) {
            return "it costs the same; " + notTold;
        }
        String by = priced.stream()
                .map(objective -> difference(objective, mine, other))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return difference > 0
                ? "it costs " + AmountFormatter.number(difference) + " more (" + by + ")"
                : "alone it would cost " + AmountFormatter.number(-difference) + " less (" + by + "); " + notTold;
    }

    private static String difference(Priced objective, Alternative mine, Alternative other) {
        double difference = other.cost().getOrDefault(objective.objective(), 0.0)
                - mine.cost().getOrDefault(objective.objective(), 0.0);
        if (Math.abs(difference) < SAME) {
            return "";
        }
        String sign = difference > 0 ? " +" : " ";
        String unit = objective.unit().isEmpty() ? "" : " " + objective.unit();
        return objective.objective() + sign + AmountFormatter.number(difference) + unit;
    }
}
