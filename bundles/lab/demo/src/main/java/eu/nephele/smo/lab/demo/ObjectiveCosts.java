// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.view.TrialView;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** Costs of placements by objective, as priced by the server. */
final class ObjectiveCosts {

    static final String CARBON = "carbon";
    static final String CARBON_UNIT = "kg CO2eq/h";

    private ObjectiveCosts() {}

    /** Returns the cost of an objective in a recorded decision; empty if it had no weight. */
    static OptionalDouble find(JsonNode decision, String objective) {
        return StreamSupport.stream(decision.path("details").path("terms").spliterator(), false)
                .filter(term -> term.path("objective").asText().equals(objective))
                .mapToDouble(term -> term.path("value").asDouble())
                .findFirst();
    }

    /**
     * One side of a shadow's report, per decision.
     *
     * @param side live, shadow or difference
     */
    static OptionalDouble perDecision(JsonNode report, String objective, String side) {
        return StreamSupport.stream(report.path("terms").spliterator(), false)
                .filter(term -> term.path("objective").asText().equals(objective))
                .mapToDouble(term -> perDecision(report, term.path(side)))
                .findFirst();
    }

    static TableRenderer table(JsonNode report) {
        TableRenderer table = new TableRenderer("per decision", "unit", "live", "shadow", "difference");
        report.path("terms")
                .forEach(term -> table.row(
                        term.path("objective").asText(),
                        term.path("unit").asText(),
                        figure(perDecision(report, term.path("live"))),
                        figure(perDecision(report, term.path("shadow"))),
                        figure(perDecision(report, term.path("difference")))));
        return table;
    }

    static String figure(double value) {
        return TrialView.figure(JsonNodeFactory.instance.numberNode(value));
    }

    private static double perDecision(JsonNode report, JsonNode sum) {
        return sum.asDouble() / report.path("compared").asLong();
    }
}
