// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Replicas that other values of an input would choose, as a table with the values at which they change. */
public final class ScalingSensitivityView {

    private ScalingSensitivityView() {}

    /** @param answer {@code GET /api/v1/sensitivity/scaling} */
    public static void print(Terminal terminal, JsonNode answer) {
        terminal.line("Decision %s of %s, made again by %s %s for %s"
                .formatted(
                        answer.path("decision").asText(),
                        answer.path("at").asText(),
                        answer.at("/strategy/id").asText(),
                        answer.at("/strategy/version").asText(),
                        varied(answer)));
        terminal.table(table(answer));
        if (!answer.path("message").asText().isEmpty()) {
            terminal.notable(answer.path("message").asText());
        }
        if (answer.path("breaks").isEmpty() && isAnswered(answer)) {
            terminal.line("The replicas are the same for all of these values.");
        }
        if (!answer.path("omitted").isEmpty()) {
            terminal.line("Decided by another call, or by none: %s; --service names one of them."
                    .formatted(StreamSupport.stream(answer.path("omitted").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", "))));
        }
        answer.path("breaks")
                .forEach(change -> terminal.line("Between %s and %s: %s from %s to %s"
                        .formatted(
                                TrialView.figure(change.path("after")),
                                TrialView.figure(change.path("before")),
                                place(change),
                                change.path("from").asText("no number"),
                                change.path("to").asText("no number"))));
    }

    /** Returns whether the strategy has answered for every value that was asked for. */
    public static boolean isAnswered(JsonNode answer) {
        return answer.path("complete").asBoolean()
                && StreamSupport.stream(answer.path("points").spliterator(), false)
                        .noneMatch(point -> point.path("answers").isEmpty());
    }

    /** What varies, in words. */
    static String varied(JsonNode answer) {
        String whose = answer.has("service") ? " of " + answer.path("service").asText() : "";
        return switch (answer.path("input").asText()) {
            case "demand" -> "other demand" + whose + " (factor)";
            case "capacity" -> "other capacity" + whose + " (factor)";
            default -> {
                String name = answer.path("parameter").asText();
                JsonNode recorded = answer.path("parameters").path(name);
                yield recorded.isMissingNode() ? name : name + ", which was " + recorded.asText();
            }
        };
    }

    /** A service with its cluster. */
    static String place(JsonNode place) {
        return place.path("service").asText() + " on " + place.path("cluster").asText();
    }

    private static TableRenderer table(JsonNode answer) {
        List<String> head = new ArrayList<>(List.of("value"));
        answer.path("places").forEach(place -> head.add(place(place)));
        TableRenderer table = new TableRenderer(head.toArray(String[]::new));
        answer.path("points").forEach(point -> {
            List<String> row = new ArrayList<>(List.of(TrialView.figure(point.path("value"))));
            for (int i = 0; i < answer.path("places").size(); i++) {
                row.add(
                        point.path("answers").isEmpty()
                                ? point.path("message").asText()
                                : answered(point.path("answers").path(i)));
            }
            table.row(row.toArray(String[]::new));
        });
        return table;
    }

    private static String answered(JsonNode answer) {
        if (!answer.path("kind").asText().equals("replicas")) {
            return answer.path("kind").asText() + ": " + answer.path("reason").asText();
        }
        return answer.path("replicas").asText()
                + (answer.has("unmet") ? " of " + answer.at("/unmet/needed").asText() : "");
    }
}
