// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.ShadowsClient;
import eu.nephele.smo.access.cli.view.OperationView;
import eu.nephele.smo.access.cli.view.TrialView;
import eu.nephele.smo.access.cli.waiting.OperationWait;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "shadow",
        description = "Shadows: start, list, report, promote, stop.",
        synopsisSubcommandLabel = "COMMAND")
public final class ShadowCommands {

    @Command(description = "Starts a strategy as a shadow: for a graph, for a project, or for all.")
    int start(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "STRATEGY") String strategy,
            @Option(names = "--version", paramLabel = "RANGE", defaultValue = "") String version,
            @Option(names = "--kind", paramLabel = "KIND", defaultValue = "placement") String kind,
            @Option(names = "--graph", paramLabel = "PROJECT/NAME", defaultValue = "") String graph,
            @Option(names = "--project", paramLabel = "PROJECT", defaultValue = "") String project,
            @Option(names = "--parameters", paramLabel = "JSON", defaultValue = "{}") String parameters,
            @Option(names = "--objectives", paramLabel = "NAME=WEIGHT", split = ",") @Nullable
                    Map<String, Double> objectives)
            throws JsonProcessingException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("kind", kind);
        ObjectNode selection = body.putObject("strategy").put("id", strategy);
        put(selection, "version", version);
        JsonNode given = new ObjectMapper().readTree(parameters);
        if (!given.isEmpty()) {
            selection.set("parameters", given);
        }
        if (objectives != null) {
            ObjectNode weights = selection.putObject("objectives");
            objectives.forEach(weights::put);
        }
        put(body, "graph", graph);
        put(body, "project", project);
        JsonNode shadow = new ShadowsClient(connection.client()).start(body);
        if (connection.terminal().isJson()) {
            connection.terminal().json(shadow);
        } else {
            connection
                    .terminal()
                    .table(TrialView.shadows(
                            JsonNodeFactory.instance.arrayNode().add(shadow)));
        }
        return 0;
    }

    @Command(description = "All shadows.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = new ShadowsClient(connection.client()).all();
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else if (page.path("items").isEmpty()) {
            connection.terminal().line("No shadows are running.");
        } else {
            connection.terminal().table(TrialView.shadows(page.path("items")));
        }
        return 0;
    }

    @Command(description = "Compares the decisions of a shadow with the live ones.")
    int report(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "SHADOW") String id) {
        return report(connection, new ShadowsClient(connection.client()).report(id));
    }

    @Command(description = "Ends a shadow, with its last report.")
    int stop(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "SHADOW") String id) {
        return report(connection, new ShadowsClient(connection.client()).stop(id));
    }

    @Command(description = "Makes a shadow the live strategy of its scope.")
    int promote(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "SHADOW") String id,
            @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "30") int seconds) {
        RestCalls client = connection.client();
        JsonNode taken = new ShadowsClient(client).promote(id, 0);
        // waited for here and not in the server: Ctrl-C leaves the operation, and says which one
        JsonNode answer = OperationWait.isOpen(taken)
                ? new OperationWait(connection, client).end(taken, Duration.ofSeconds(seconds))
                : taken;
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        }
        if (OperationWait.hasFailed(answer)) {
            connection.error(OperationWait.text(answer));
            return ExitStatus.FAILED.code();
        }
        if (!connection.terminal().isJson()) {
            Optional<OperationView> operation = OperationView.read(answer);
            connection
                    .terminal()
                    .good(operation
                            .map(OperationView::text)
                            .orElse("%s decides from the next decision on".formatted(id)));
        }
        return ExitStatus.DONE.code();
    }

    private static int report(ConnectionOptions connection, JsonNode report) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(report);
        } else {
            TrialView.report(connection.terminal(), report);
        }
        return 0;
    }

    private static void put(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }
}
