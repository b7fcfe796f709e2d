// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.event.EventSubscription;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}: what has happened, and what happens. */
@Command(
        name = "events",
        description = "Events, the last ones first come first; -f follows them through lost connections.")
public final class EventsCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/events";
    private static final int MANY = 1000;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(arity = "0..1", paramLabel = "GRAPH", description = "Only those about this graph; default: all.")
    private Optional<String> graph = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what happens, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--types",
            paramLabel = "TYPE",
            split = ",",
            description = "Only these, such as hdag.* or service.moved.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "SEQUENCE",
            description = "Those after this one; default: the last --limit.")
    private Optional<Long> after = Optional.empty();

    @Option(names = "--operation", paramLabel = "ID", description = "Only those of this operation.")
    private Optional<String> operation = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "So many before; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many that it followed.")
    private Optional<Integer> count = Optional.empty();

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        Optional<ProjectOptions.GraphName> about = graph.map(name -> projects.graph(connection, name));
        EventSelection filter = new EventSelection(
                types,
                about.map(ProjectOptions.GraphName::project)
                        .or(() -> projects.ifNamed(connection))
                        .map(List::of)
                        .orElse(List.of()));
        long last = calls.get(PATH + "?limit=1").path("last").asLong();
        for (JsonNode event : past(calls, filter, last)) {
            if (isMeant(event.path("subject").asText(), event.path("operation").asText(), about)) {
                show(event);
            }
        }
        if (follow) {
            follow(calls, filter, last, about);
        }
        return 0;
    }

    private List<JsonNode> past(RestCalls calls, EventSelection filter, long last) {
        List<JsonNode> found = new ArrayList<>();
        String query = filter.query().isEmpty() ? "?" : filter.query() + "&";
        long next = after.orElse(Math.max(0, last - limit));
        JsonNode page;
        do {
            page = calls.get(PATH + query + "limit=%d&after=%d".formatted(MANY, next));
            page.path("items").forEach(found::add);
            next = page.path("nextAfter").asLong();
        } while (page.path("more").asBoolean());
        return found;
    }

    private void follow(RestCalls calls, EventSelection filter, long last, Optional<ProjectOptions.GraphName> about) {
        int shown = 0;
        try (EventSubscription events = calls.client()
                .events()
                .subscribe(
                        filter,
                        String.valueOf(last),
                        gap -> connection.error(
                                "Events %d to %d are not kept any more".formatted(gap.after() + 1, gap.first() - 1)))) {
            while (count.isEmpty() || shown < count.get()) {
                Optional<SmoCloudEvent> event = events.next();
                if (event.isEmpty() || connection.terminal().isClosed()) {
                    return;
                }
                if (isMeant(
                        event.get().subject().orElse(""),
                        event.get().operation().orElse(""),
                        about)) {
                    show(json(event.get()));
                    shown++;
                }
            }
        } catch (SmoProblemException refused) {
            throw CallFailed.problem(refused);
        }
    }

    private boolean isMeant(String subject, String ofOperation, Optional<ProjectOptions.GraphName> about) {
        return about.map(ProjectOptions.GraphName::toString)
                        .filter(name -> !subject.equals(name) && !subject.startsWith(name + "/"))
                        .isEmpty()
                && operation.filter(id -> !id.equals(ofOperation)).isEmpty();
    }

    private void show(JsonNode event) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(event);
            return;
        }
        JsonNode data = event.path("data");
        String message = data.path("message").asText("");
        connection
                .terminal()
                .line("%s  %-24s  %s  %s"
                        .formatted(
                                event.path("time").asText().replaceFirst("\\.\\d+Z$", "Z"),
                                event.path("type").asText(),
                                event.path("subject").asText("-"),
                                message.isEmpty() ? data.isEmpty() ? "" : data.toString() : message)
                        .stripTrailing());
    }

    private static ObjectNode json(SmoCloudEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", event.id()).put("source", event.source()).put("type", event.type());
        event.subject().ifPresent(subject -> json.put("subject", subject));
        json.put("time", event.time().toString()).put("sequence", event.sequence());
        event.operation().ifPresent(id -> json.put("operation", id));
        json.set("data", event.data());
        return json;
    }
}
