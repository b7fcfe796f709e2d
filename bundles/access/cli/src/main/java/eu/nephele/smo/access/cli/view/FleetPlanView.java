// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A plan of the fleet, for people. */
public final class FleetPlanView {

    private FleetPlanView() {}

    /** @param plan {@code GET /api/v1/fleet/plans/{plan}} */
    public static void print(Terminal terminal, JsonNode plan) {
        terminal.line("Plan %s (%s%s): %d graphs, %d services, %d of at most %d moves; cost %s, then %s"
                .formatted(
                        plan.path("id").asText(),
                        plan.path("state").asText(),
                        plan.path("hypothetical").asBoolean() ? ", hypothetical" : "",
                        plan.path("graphs").asInt(),
                        plan.path("services").asInt(),
                        plan.path("moves").asInt(),
                        plan.path("maxMoves").asInt(),
                        TrialView.figure(plan.path("costBefore")),
                        TrialView.figure(plan.path("costAfter"))));
        if (!plan.path("message").asText().isEmpty()) {
            terminal.notable(plan.path("message").asText());
        }
        TableRenderer objectives = new TableRenderer("objective", "unit", "weight", "before", "after");
        plan.path("objectives")
                .forEach(each -> objectives.row(
                        each.path("objective").asText(),
                        each.path("unit").asText(),
                        TrialView.figure(each.path("weight")),
                        TrialView.figure(each.path("before")),
                        TrialView.figure(each.path("after"))));
        terminal.table(objectives);
        TableRenderer steps = new TableRenderer("step", "graph", "moves", "gain", "state");
        plan.path("steps")
                .forEach(step -> steps.row(
                        step.path("step").asText(),
                        graph(step),
                        moves(step),
                        TrialView.figure(step.path("gain")),
                        step.path("state").asText()));
        terminal.table(steps);
        plan.path("notMade")
                .forEach(each -> terminal.notable("Not made: %s (priority %d) %s: %s"
                        .formatted(
                                graph(each),
                                each.path("priority").asInt(),
                                moves(each),
                                each.path("reason").asText())));
        plan.path("staying")
                .forEach(each -> terminal.line("Stays: %s: %s"
                        .formatted(graph(each), each.path("reason").asText())));
        plan.path("faults").forEach(fault -> terminal.notable(fault.asText()));
    }

    /** @param plans {@code items} of {@code GET /api/v1/fleet/plans} */
    public static TableRenderer table(JsonNode plans) {
        TableRenderer table = new TableRenderer("plan", "state", "made", "created", "expires", "moves", "cost", "then");
        plans.forEach(plan -> table.row(
                plan.path("id").asText(),
                plan.path("state").asText(),
                plan.path("hypothetical").asBoolean()
                        ? "hypothetical"
                        : plan.path("origin").asText(),
                plan.path("createdAt").asText(),
                plan.path("expiresAt").asText(),
                plan.path("moves").asText(),
                TrialView.figure(plan.path("costBefore")),
                TrialView.figure(plan.path("costAfter"))));
        return table;
    }

    private static String graph(JsonNode node) {
        return node.path("project").asText() + "/" + node.path("graph").asText();
    }

    private static String moves(JsonNode node) {
        return StreamSupport.stream(node.path("moves").spliterator(), false)
                .map(move -> "%s %s→%s"
                        .formatted(
                                move.path("service").asText(),
                                move.at("/from/name").asText(),
                                move.at("/to/name").asText()))
                .collect(Collectors.joining(", "));
    }
}
