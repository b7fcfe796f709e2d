// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan of a change, for people. */
public final class PlanView {

    private static final String MESSAGE_LINE = "  %s: %s";

    private PlanView() {}

    /** Shows it alone; the exit status says whether it fits. */
    public static int show(ConnectionOptions connection, JsonNode plan) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(plan);
        } else {
            print(connection.terminal(), plan);
        }
        return (plan.path("feasible").asBoolean() ? ExitStatus.DONE : ExitStatus.FAILED).code();
    }

    static void print(Terminal terminal, JsonNode plan) {
        terminal.line("Plan %s: %s %s/%s, %s"
                .formatted(
                        plan.path("id").asText(),
                        plan.path("kind").asText().toLowerCase(Locale.ROOT),
                        plan.path("project").asText(),
                        plan.path("graph").asText(),
                        plan.path("feasible").asBoolean() ? "it fits" : "it does not fit now"));
        for (String what : List.of("added", "changed", "moved", "removed")) {
            JsonNode services = plan.path("services").path(what);
            if (!services.isEmpty()) {
                terminal.line(MESSAGE_LINE.formatted(what, String.join(", ", texts(services))));
            }
        }
        if (plan.path("steps").isEmpty()) {
            terminal.line("  no step outside is needed");
        } else {
            TableRenderer table = new TableRenderer("step", "service", "from", "to", "detail");
            plan.path("steps")
                    .forEach(step -> table.row(
                            step.path("action").asText().toLowerCase(Locale.ROOT),
                            step.path("service").asText(),
                            shares(step.path("from")),
                            shares(step.path("to")),
                            step.path("detail").asText()));
            terminal.table(table);
        }
        plan.path("conflicts").forEach(conflict -> terminal.bad(conflict.asText()));
        plan.path("warnings").forEach(warning -> terminal.notable(warning.asText()));
    }

    private static String shares(JsonNode shares) {
        List<String> places = new ArrayList<>();
        shares.forEach(share -> places.add("%s:%s"
                .formatted(
                        share.path("cluster").asText(), share.path("replicas").asText())));
        return places.isEmpty() ? "-" : String.join(" ", places);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
