// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "webhook",
        description = "Receivers of events: list, show, add, remove, pause, resume, deliveries, replay.",
        synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommands {

    private static final String PATH = "/api/v1/webhooks";

    @Command(description = "All receivers.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get(PATH + "?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
            return 0;
        }
        TableRenderer table = new TableRenderer("webhook", "url", "types", "projects", "state");
        page.path("items")
                .forEach(webhook -> table.row(
                        webhook.path("id").asText(),
                        webhook.path("url").asText(),
                        words(webhook.path("types")),
                        words(webhook.path("projects")),
                        webhook.path("paused").asBoolean() ? "paused" : "active"));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "One receiver, with its pending events.")
    int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "WEBHOOK") String id) {
        return print(connection, connection.client().get(path(id)));
    }

    @Command(description = "Registers a receiver. Its secret is shown once.")
    int add(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ADDRESS", description = "http or https.") String address,
            @Option(
                            names = "--types",
                            paramLabel = "TYPE",
                            split = ",",
                            description = "Only these, such as hdag.*; default: all.")
                    List<String> types,
            @Option(
                            names = "--projects",
                            paramLabel = "PROJECT",
                            split = ",",
                            description = "Only these; default: all.")
                    List<String> projects,
            @Option(
                            names = "--secret-reference",
                            paramLabel = "REFERENCE",
                            description =
                                    "Where the secret is: env:SMO_WEBHOOK_NAME or file:secrets/webhooks/NAME; default: one is made.")
                    Optional<String> secret,
            @Option(names = "--paused", description = "Nothing is sent yet.") boolean paused) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("url", address).put("paused", paused);
        Optional.ofNullable(types).ifPresent(some -> some.forEach(body.withArray("types")::add));
        Optional.ofNullable(projects).ifPresent(some -> some.forEach(body.withArray("projects")::add));
        secret.ifPresent(reference -> body.put("secret", reference));
        return print(connection, connection.client().post(PATH, body));
    }

    @Command(description = "Forgets a receiver, with its pending events.")
    int remove(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "WEBHOOK") String id) {
        connection.client().delete(path(id));
        connection.terminal().good("Webhook %s is removed".formatted(id));
        return 0;
    }

    @Command(description = "Sends nothing to it until it is resumed; its events wait.")
    int pause(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "WEBHOOK") String id) {
        return paused(connection, id, true);
    }

    @Command(description = "Sends to it again.")
    int resume(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "WEBHOOK") String id) {
        return paused(connection, id, false);
    }

    @Command(description = "What was sent to it, newest first.")
    int deliveries(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK") String id,
            @Option(names = "--state", paramLabel = "STATE", description = "waiting, delivered or dead; default: all.")
                    Optional<String> state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "So many at most; default: ${DEFAULT-VALUE}.")
                    int limit) {
        JsonNode page = connection
                .client()
                .get(path(id) + "/deliveries?limit=" + limit
                        + state.map(word -> "&state=" + RestCalls.encoded(word)).orElse(""));
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
            return 0;
        }
        TableRenderer table = new TableRenderer("sequence", "type", "subject", "state", "attempts", "status", "error");
        page.path("items")
                .forEach(delivery -> table.row(
                        delivery.path("sequence").asText(),
                        delivery.path("event").path("type").asText(),
                        delivery.path("event").path("subject").asText("-"),
                        delivery.path("state").asText(),
                        delivery.path("attempts").asText(),
                        delivery.path("lastStatus").asText("-"),
                        delivery.path("lastError").asText("-")));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "Sends dead letters again, all of them when none is named.")
    int replay(
            @Mixin ConnectionOptions connection,
            @Parameters(index = "0", paramLabel = "WEBHOOK") String id,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "SEQUENCE") List<Long> sequences) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Optional.ofNullable(sequences)
                .ifPresent(some ->
                        some.forEach(sequence -> body.withArray("sequences").add(sequence)));
        JsonNode answer = connection.client().post(path(id) + "/deliveries/replay", body);
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            connection
                    .terminal()
                    .good("%d deliveries are sent again"
                            .formatted(answer.path("replayed").asInt()));
        }
        return 0;
    }

    private static int paused(ConnectionOptions connection, String id, boolean paused) {
        return print(
                connection,
                connection
                        .client()
                        .put(
                                path(id) + "/paused",
                                JsonNodeFactory.instance.objectNode().put("paused", paused)));
    }

    private static int print(ConnectionOptions connection, JsonNode webhook) {
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(webhook);
            return 0;
        }
        terminal.line("%s  %s  %s"
                .formatted(
                        webhook.path("id").asText(),
                        webhook.path("url").asText(),
                        webhook.path("paused").asBoolean() ? "paused" : "active"));
        terminal.line("types %s, projects %s".formatted(words(webhook.path("types")), words(webhook.path("projects"))));
        if (webhook.has("backlog")) {
            terminal.line("backlog %s".formatted(webhook.path("backlog")));
        }
        if (webhook.path("secret").isTextual()) {
            terminal.notable("secret %s (it is not shown again)"
                    .formatted(webhook.path("secret").asText()));
        }
        return 0;
    }

    private static String words(JsonNode array) {
        StringBuilder words = new StringBuilder();
        array.forEach(word -> words.append(words.isEmpty() ? "" : ",").append(word.asText()));
        return words.isEmpty() ? "all" : words.toString();
    }

    private static String path(String id) {
        return PATH + RestCalls.path(id);
    }
}
