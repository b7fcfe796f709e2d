// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.TraceTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: the steps of an operation, its events, and its trace. */
@Command(
        name = "logs",
        description = "What an operation did: its steps, its events, and with --trace all that was done for it.")
public final class LogsCommand implements Callable<Integer> {

    private static final int NOT_FOUND = 404;
    private static final int EVENTS = 1000;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "OPERATION", description = "Its id.")
    private String id = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Waits for its end first.")
    private boolean follow;

    @Option(
            names = "--trace",
            description = "Also all that was done for it, as a tree; kept for the latest operations.")
    private boolean trace;

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        String path = RestCalls.path("api", "v1", "operations", id);
        JsonNode operation = calls.get(path);
        if (follow) {
            operation = new OperationWait(connection, calls).end(operation, Duration.ofHours(1));
        }
        List<JsonNode> events = events(calls);
        Optional<JsonNode> spans = trace ? spans(calls, path) : Optional.empty();
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("operation", operation);
            all.set("events", JsonNodeFactory.instance.arrayNode().addAll(events));
            spans.ifPresent(tree -> all.set("trace", tree));
            terminal.json(all);
            return 0;
        }
        terminal.line(OperationWait.text(operation));
        if (!operation.path("steps").isEmpty()) {
            terminal.table(steps(operation));
        }
        events.forEach(event -> terminal.line("%s  %s  %s  %s"
                .formatted(
                        event.path("time").asText(),
                        event.path("type").asText(),
                        event.path("subject").asText(),
                        event.path("data").path("message").asText())
                .stripTrailing()));
        spans.ifPresent(tree -> terminal.table(new TraceTree(tree).table()));
        return 0;
    }

    private static Optional<JsonNode> spans(RestCalls calls, String path) {
        try {
            return Optional.of(calls.get(path + "/trace"));
        } catch (CallFailed gone) {
            if (gone.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private List<JsonNode> events(RestCalls calls) {
        List<JsonNode> own = new ArrayList<>();
        long last = calls.get("/api/v1/events?limit=1").path("last").asLong();
        calls.get("/api/v1/events?limit=%d&after=%d".formatted(EVENTS, Math.max(0, last - EVENTS)))
                .path("items")
                .forEach(event -> {
                    if (event.path("operation").asText().equals(id)) {
                        own.add(event);
                    }
                });
        return own;
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
}
