// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Proposals of what services should ask for, for people. */
public final class RightsizingView {

    /** Members of {@code compute} that are proposed. */
    public static final List<String> RESOURCES = List.of("cpu", "ram");

    private static final double GIBIBYTE = 1L << 30;

    private RightsizingView() {}

    /** @param proposals {@code GET /api/v1/projects/{project}/graphs/{graph}/rightsizing} */
    public static void print(Terminal terminal, JsonNode proposals) {
        TableRenderer table = new TableRenderer(
                "service",
                "resource",
                "class",
                "asks for",
                "proposed",
                "quantile",
                "peak",
                "replicas",
                "saved",
                "data");
        proposals
                .path("items")
                .forEach(item -> RESOURCES.forEach(resource -> row(table, item, resource, item.path(resource))));
        terminal.table(table);
        proposals
                .path("items")
                .forEach(item -> RESOURCES.forEach(resource -> {
                    JsonNode advice = item.path(resource);
                    String subject = "%s %s: ".formatted(item.path("service").asText(), resource);
                    terminal.line(subject + advice.path("reason").asText());
                    if (advice.path("requestedFrom").asText().equals("class") && advice.has("podsRequest")) {
                        terminal.notable(subject + "its pods ask for nothing; what its class stands for is shown");
                    }
                    advice.path("risks").forEach(risk -> terminal.notable(subject + risk.asText()));
                }));
        obstacles(proposals).forEach(terminal::bad);
        terminal.line("Saved by all proposals: %s cores, %s GiB"
                .formatted(
                        TrialView.figure(proposals.path("savedCores")), gibibytes(proposals.path("savedMemoryBytes"))));
    }

    /**
     * One line for each service whose proposal the server would refuse.
     *
     * @param proposals {@code GET /api/v1/projects/{project}/graphs/{graph}/rightsizing}
     */
    public static List<String> obstacles(JsonNode proposals) {
        return StreamSupport.stream(proposals.path("items").spliterator(), false)
                .filter(item -> item.path("proposal").asBoolean()
                        && !item.path("confirmable").asBoolean())
                .map(item -> "%s cannot be applied: %s"
                        .formatted(
                                item.path("service").asText(),
                                item.path("obstacle").asText("the server takes no value for it, and gives no reason")))
                .toList();
    }

    /** @param plan {@code GET /api/v1/projects/{project}/graphs/{graph}/plans/{plan}} */
    public static void printPlan(Terminal terminal, JsonNode plan) {
        terminal.line("Plan %s, until %s"
                .formatted(plan.path("id").asText(), plan.path("expiresAt").asText()));
        TableRenderer steps = new TableRenderer("step", "service", "detail");
        plan.path("steps")
                .forEach(step -> steps.row(
                        step.path("action").asText(),
                        step.path("service").asText(),
                        step.path("detail").asText()));
        terminal.table(steps);
        plan.path("conflicts").forEach(conflict -> terminal.bad(conflict.asText()));
        plan.path("warnings").forEach(warning -> terminal.notable(warning.asText()));
    }

    private static void row(TableRenderer table, JsonNode item, String resource, JsonNode advice) {
        boolean memory = resource.equals("ram");
        table.row(
                item.path("service").asText(),
                resource,
                advice.path("class").asText("-"),
                asked(advice, memory),
                advice.path("proposedClass").asText("-"),
                amount(advice.path("used").path("quantile"), memory),
                amount(advice.path("used").path("peak"), memory),
                TrialView.figure(advice.path("replicas")),
                advice.has("saved") ? amount(advice.path("saved"), memory) : "-",
                advice.path("quality").path("confidence").asText().toLowerCase(Locale.ROOT));
    }

    private static String asked(JsonNode advice, boolean memory) {
        String amount = amount(advice.path("requested"), memory);
        return advice.path("requestedFrom").asText().equals("class") ? amount + " (class)" : amount;
    }

    private static String amount(JsonNode amount, boolean memory) {
        return memory ? gibibytes(amount) + " GiB" : TrialView.figure(amount);
    }

    private static String gibibytes(JsonNode bytes) {
        return TrialView.figure(DoubleNode.valueOf(bytes.asDouble() / GIBIBYTE));
    }
}
