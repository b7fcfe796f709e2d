// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.SmoClient;
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
final class RightsizeCommand implements Callable<Integer> {

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

    @Parameters(index = "2..*", paramLabel = "SERVICE", description = "Only proposals for these; default: all.")
    private List<String> services = List.of();

    @Option(names = "--plan", description = "Plans what is proposed; changes nothing.")
    private boolean plan;

    @Option(names = "--apply", description = "Plans what is proposed, and applies it.")
    private boolean apply;

    @Override
    public Integer call() {
        String path = SmoClient.path("api", "v1", "projects", project, "graphs", graph, "rightsizing");
        JsonNode proposals = connection.client().get(path);
        if (!plan && !apply) {
            return show(proposals);
        }
        ObjectNode confirmed = JsonNodeFactory.instance.objectNode();
        ObjectNode classes = confirmed.putObject("services");
        proposals.path("items").forEach(item -> confirm(item, classes));
        if (classes.isEmpty()) {
            show(proposals);
            return missing();
        }
        JsonNode planned = connection.client().post(path + "/plan", confirmed, PATIENCE);
        if (!apply) {
            return showPlan(proposals, planned);
        }
        if (!planned.path("feasible").asBoolean()) {
            showPlan(proposals, planned);
            return 1;
        }
        if (!connection.terminal().isJson()) {
            RightsizingView.print(connection.terminal(), proposals);
        }
        String href = planned.path("href").asText() + "/apply?wait=%d".formatted(waiting.seconds());
        return GraphCommands.changed(connection, waiting, connection.client().post(href));
    }

    private void confirm(JsonNode item, ObjectNode classes) {
        String service = item.path("service").asText();
        if (item.path("proposal").asBoolean() && (services.isEmpty() || services.contains(service))) {
            ObjectNode confirmed = classes.putObject(service);
            for (String resource : RightsizingView.RESOURCES) {
                JsonNode to = item.path(resource).path("proposedClass");
                if (!to.isMissingNode()) {
                    confirmed.set(resource, to);
                }
            }
        }
    }

    private int show(JsonNode proposals) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(proposals);
        } else {
            RightsizingView.print(connection.terminal(), proposals);
        }
        return 0;
    }

    private int missing() {
        if (!connection.terminal().isJson()) {
            connection.terminal().notable("Nothing is proposed that could be planned.");
        }
        return 1;
    }

    private int showPlan(JsonNode proposals, JsonNode planned) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(planned);
        } else {
            RightsizingView.print(connection.terminal(), proposals);
            RightsizingView.printPlan(connection.terminal(), planned);
        }
        return 0;
    }
}
