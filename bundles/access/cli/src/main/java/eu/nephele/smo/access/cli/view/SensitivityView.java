// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What other weights would choose, for people. */
public final class SensitivityView {

    private SensitivityView() {}

    /** @param answer {@code GET /api/v1/sensitivity} */
    public static void print(Terminal terminal, JsonNode answer) {
        terminal.line("Decision %s of %s, made again by %s %s; %s weighed %s%s"
                .formatted(
                        answer.path("decision").asText(),
                        answer.path("at").asText(),
                        answer.at("/strategy/id").asText(),
                        answer.at("/strategy/version").asText(),
                        answer.path("objective").asText(),
                        TrialView.figure(answer.path("weight")),
                        answer.path("normalised").asBoolean() ? " of its range" : ""));
        terminal.table(table(answer));
        if (!answer.path("message").asText().isEmpty()) {
            terminal.notable(answer.path("message").asText());
        }
        long placed = StreamSupport.stream(answer.path("points").spliterator(), false)
                .filter(point -> point.path("placed").asBoolean())
                .count();
        if (answer.path("breaks").isEmpty() && placed > 0) {
            boolean all = placed == answer.path("points").size()
                    && answer.path("complete").asBoolean();
            terminal.line("The placement is the same for all of these weights%s."
                    .formatted(all ? "" : " for which there is one"));
        }
        answer.path("breaks").forEach(change -> terminal.line(change(change)));
    }

    private static TableRenderer table(JsonNode answer) {
        List<JsonNode> objectives = telling(answer);
        List<String> head = new ArrayList<>(List.of("weight", "cost"));
        objectives.forEach(objective -> head.add(title(objective)));
        head.addAll(List.of("moved", "placement"));
        TableRenderer table = new TableRenderer(head.toArray(String[]::new));
        answer.path("points").forEach(point -> {
            List<String> row = new ArrayList<>(List.of(TrialView.figure(point.path("weight")), costs(point)));
            objectives.forEach(objective -> row.add(TrialView.figure(
                    point.path("terms").path(objective.path("objective").asText()))));
            row.add(String.valueOf(point.path("moved").size()));
            row.add(
                    point.path("placed").asBoolean()
                            ? point.path("text").asText()
                            : point.path("message").asText());
            table.row(row.toArray(String[]::new));
        });
        return table;
    }

    /** Objectives that weigh something, vary, or are asked about: the others say nothing about these weights. */
    static List<JsonNode> telling(JsonNode answer) {
        return StreamSupport.stream(answer.path("objectives").spliterator(), false)
                .filter(objective -> objective.path("weight").asDouble() > 0
                        || objective.path("objective").equals(answer.path("objective"))
                        || varies(answer, objective.path("objective").asText()))
                .toList();
    }

    private static boolean varies(JsonNode answer, String objective) {
        return StreamSupport.stream(answer.path("points").spliterator(), false)
                        .filter(point -> point.path("placed").asBoolean())
                        .map(point -> point.path("terms").path(objective))
                        .distinct()
                        .count()
                > 1;
    }

    /** With its unit, if it has one. */
    static String title(JsonNode objective) {
        String unit = objective.path("unit").asText();
        return objective.path("objective").asText() + (unit.isEmpty() ? "" : " (" + unit + ")");
    }

    /** One number for each level, the most important first. */
    private static String costs(JsonNode point) {
        String costs = StreamSupport.stream(point.path("costs").spliterator(), false)
                .map(cost -> TrialView.figure(cost.path("cost")))
                .collect(Collectors.joining(" / "));
        return costs.isEmpty() ? "-" : costs;
    }

    private static String change(JsonNode change) {
        JsonNode equalAt = change.path("equalAt");
        String moved = StreamSupport.stream(change.path("moved").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return "Between %s and %s%s: %s"
                .formatted(
                        TrialView.figure(change.path("after")),
                        TrialView.figure(change.path("before")),
                        equalAt.isNumber() ? " (both cost the same at " + TrialView.figure(equalAt) + ")" : "",
                        moved.isEmpty() ? "replicas are distributed in another way" : moved + " elsewhere");
    }
}
