// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.RightsizingView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rightsize",
        description = "What services ask for against what they use; proposes other classes, plans and applies them.")
public final class RightsizeCommand implements Callable<Integer> {

    /** A month of metrics of a large graph. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Parameters(index = "0", paramLabel = "PROJECT")
    private String project = "";

    @Parameters(index = "1", paramLabel = "GRAPH")
    private String graph = "";

    @Parameters(
            index = "2..*",
            paramLabel = "SERVICE",
            description = "Only proposals for these; default: all that can be applied.")
    private List<String> services = List.of();

    @Option(
            names = "--plan",
            description = "Plans what is proposed; changes nothing. Exit status 1: it is not feasible.")
    private boolean plan;

    @Option(names = "--apply", description = "Plans what is proposed, and applies it.")
    private boolean apply;

    @Override
    public Integer call() {
        String path = RestCalls.path("api", "v1", "projects", project, "graphs", graph, "rightsizing");
        RightsizingChoice choice = new RightsizingChoice(connection.client().get(path), services);
        if (!choice.unknown().isEmpty()) {
            throw connection.wrong("The graph %s has no service %s. It has: %s"
                    .formatted(graph, String.join(", ", choice.unknown()), String.join(", ", choice.known())));
        }
        JsonNode proposals = choice.shown();
        if (!plan && !apply) {
            return show(proposals);
        }
        ObjectNode classes = choice.confirmed();
        boolean refused = !services.isEmpty() && !choice.obstacles().isEmpty();
        if (refused || classes.isEmpty()) {
            show(proposals);
            return nothingPlanned(refused);
        }
        if (connection.terminal().isJson()) {
            // the answer has only what is planned
            choice.obstacles().forEach(connection::error);
        }
        ObjectNode confirmed = JsonNodeFactory.instance.objectNode();
        confirmed.set("services", classes);
        JsonNode planned = connection.client().post(path + "/plan", confirmed, PATIENCE);
        boolean feasible = planned.path("feasible").asBoolean();
        if (!apply || !feasible) {
            showPlan(proposals, planned);
            return feasible ? 0 : 1;
        }
        if (!connection.terminal().isJson()) {
            RightsizingView.print(connection.terminal(), proposals);
        }
        String href = planned.path("href").asText() + "/apply";
        return GraphCommands.changed(connection, waiting, connection.client().post(href));
    }

    private int show(JsonNode proposals) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(proposals);
        } else {
            RightsizingView.print(connection.terminal(), proposals);
        }
        return 0;
    }

    /** The reasons are above. */
    private int nothingPlanned(boolean refused) {
        connection
                .terminal()
                .notable(
                        refused
                                ? "Nothing was planned: remove what is in the way, or name only services that can be"
                                        + " applied."
                                : "Nothing is proposed that could be planned.");
        return 1;
    }

    private void showPlan(JsonNode proposals, JsonNode planned) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(planned);
        } else {
            RightsizingView.print(connection.terminal(), proposals);
            RightsizingView.printPlan(connection.terminal(), planned);
        }
    }
}
