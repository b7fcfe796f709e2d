// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.listing.KnownKinds;
import eu.nephele.smo.access.cli.listing.ListRequest;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.listing.ResourceReader;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code describe}: one item with all that is known of it. */
@Command(
        name = "describe",
        description = "Shows one item as a whole; a graph with services, conditions, drift and descriptor.")
public final class DescribeCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "As for smo get.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Option(
            names = {"-g", "--graph"},
            paramLabel = "GRAPH",
            description = "Of this graph: services, decisions, revisions.")
    private Optional<String> graph = Optional.empty();

    @Override
    public Integer call() {
        try {
            RestCalls calls = connection.client();
            ListedKind listed = new KnownKinds().find(kind, calls);
            ListRequest request =
                    new ListRequest(kind, List.of(name), projects.ifNamed(connection), graph, ListRequest.MANY);
            JsonNode item = new ResourceReader(calls, listed).read(request).get(0);
            if (connection.terminal().isJson()) {
                connection.terminal().json(item);
            } else if (listed.singular().equals("graph")) {
                graph(connection.terminal(), item);
            } else {
                connection.terminal().raw(YamlText.write(item));
            }
            return 0;
        } catch (IllegalArgumentException unclear) {
            throw connection.wrong(String.valueOf(unclear.getMessage()));
        }
    }

    private static void graph(Terminal terminal, JsonNode item) {
        DisplayedGraph displayed = DisplayedGraph.from(item);
        terminal.title("%s/%s".formatted(displayed.project(), displayed.name()));
        terminal.line("phase %s, desired %s, version %s, revision %s, generation %s%s"
                .formatted(
                        displayed.phase(),
                        item.path("desired").asText(),
                        item.path("version").asText(),
                        item.path("revision").asText(),
                        item.path("generation").asText(),
                        item.path("paused").asBoolean() ? ", automation is paused" : ""));
        if (item.path("dashboard").isTextual()) {
            terminal.line("dashboard " + item.path("dashboard").asText());
        }
        terminal.title("Services");
        TableRenderer services = new TableRenderer("service", "state", "cluster", "replicas", "ready", "artifact");
        displayed
                .services()
                .forEach(service -> services.row(
                        service.name(),
                        service.state().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                        service.where(),
                        String.valueOf(service.replicas()),
                        service.ready(),
                        artifact(item, service.name())));
        terminal.table(services);
        terminal.title("Conditions");
        TableRenderer conditions = new TableRenderer("condition", "status", "reason", "message");
        item.path("conditions")
                .forEach(condition -> conditions.row(
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText()));
        terminal.table(conditions);
        item.path("drift")
                .forEach(drift -> terminal.notable("drift: %s %s is %s, expected %s"
                        .formatted(
                                drift.path("service").asText(),
                                drift.path("field").asText(),
                                drift.path("actual").asText(),
                                drift.path("expected").asText())));
        terminal.title("Descriptor");
        YamlText.write(item.path("hdaGraph")).lines().forEach(terminal::line);
    }

    private static String artifact(JsonNode item, String name) {
        for (JsonNode service : item.path("services")) {
            if (service.path("name").asText().equals(name)) {
                return service.path("artifact").path("reference").asText("-");
            }
        }
        return "-";
    }
}
