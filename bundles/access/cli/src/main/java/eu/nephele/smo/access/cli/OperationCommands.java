// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.TraceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "operation", description = "Operations: list, show, cancel.", synopsisSubcommandLabel = "COMMAND")
final class OperationCommands {

    private static final int PAGE = 100;

    @Command(description = "Operations, newest first.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(
                            names = "--graph",
                            paramLabel = "PROJECT/GRAPH",
                            description = "Only those on this graph; default: on everything.")
                    Optional<String> graph,
            @Option(names = "--open", description = "Only those that have not ended.") boolean open,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "So many at most; default: ${DEFAULT-VALUE}.")
                    int limit) {
        String path = RestCalls.path("api", "v1", "operations") + "?limit=" + Math.min(PAGE, limit)
                + graph.map(name -> "&graph=" + RestCalls.encoded(name)).orElse("")
                + (open ? "&open=true" : "");
        List<JsonNode> operations = pages(connection.client(), path, limit);
        if (connection.terminal().isJson()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode().addAll(operations);
            connection.terminal().json(all);
            return 0;
        }
        TableRenderer table = new TableRenderer("operation", "created", "kind", "target", "state", "message");
        operations.forEach(operation -> table.row(
                operation.path("id").asText(),
                operation.path("createdAt").asText(),
                kind(operation),
                target(operation),
                state(operation),
                operation.path("message").asText()));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "An operation with its steps, or what was done for it, as a tree.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "OPERATION", description = "Its id.") String id,
            @Option(
                            names = "--trace",
                            description = "Its trace: all that was done for it since its request, with durations. The"
                                    + " server keeps those of the latest operations.")
                    boolean trace) {
        RestCalls client = connection.client();
        JsonNode operation = client.get(RestCalls.path("api", "v1", "operations", id));
        Optional<JsonNode> spans = trace
                ? Optional.of(client.get(RestCalls.path("api", "v1", "operations", id, "trace")))
                : Optional.empty();
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(spans.orElse(operation));
            return 0;
        }
        terminal.line("%s %s: %s".formatted(kind(operation), target(operation), state(operation)));
        String message = operation
                .path("error")
                .path("message")
                .asText(operation.path("message").asText());
        if (!message.isEmpty()) {
            terminal.notable(message);
        }
        spans.ifPresentOrElse(found -> showTrace(terminal, found), () -> terminal.table(steps(operation)));
        return 0;
    }

    @Command(description = "Cancels an operation where that is safe.")
    int cancel(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "OPERATION", description = "Its id.") String id) {
        JsonNode operation = connection.client().post(RestCalls.path("api", "v1", "operations", id, "cancel"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(operation);
        } else {
            connection.terminal().line("%s %s: %s".formatted(kind(operation), target(operation), state(operation)));
        }
        return 0;
    }

    private static void showTrace(Terminal terminal, JsonNode trace) {
        terminal.line("trace " + trace.path("traceId").asText());
        terminal.table(new TraceTree(trace).table());
        if (trace.path("dropped").asInt() > 0) {
            terminal.notable(
                    "%d spans more are not kept".formatted(trace.path("dropped").asInt()));
        }
    }

    private static TableRenderer steps(JsonNode operation) {
        TableRenderer table = new TableRenderer("step", "subject", "state", "detail", "message");
        operation
                .path("steps")
                .forEach(step -> table.row(
                        step.path("action").asText().toLowerCase(Locale.ROOT),
                        step.path("subject").asText(),
                        step.path("state").asText().toLowerCase(Locale.ROOT),
                        step.path("detail").asText(),
                        step.path("message").asText()));
        return table;
    }

    private static List<JsonNode> pages(RestCalls client, String path, int limit) {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get(cursor.isEmpty() ? path : path + "&cursor=" + RestCalls.encoded(cursor));
            page.path("items").forEach(found::add);
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && found.size() < limit);
        return found.subList(0, Math.min(limit, found.size()));
    }

    private static String kind(JsonNode operation) {
        return operation.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String state(JsonNode operation) {
        return operation.path("state").asText().toLowerCase(Locale.ROOT);
    }

    private static String target(JsonNode operation) {
        JsonNode target = operation.path("target");
        String project = target.path("project").asText();
        return target.path("kind").asText() + " " + (project.isEmpty() ? "" : project + "/")
                + target.path("name").asText();
    }
}
