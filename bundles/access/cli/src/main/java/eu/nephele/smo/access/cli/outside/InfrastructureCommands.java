// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "infrastructure",
        description = "Clusters and hosts on demand: providers, list, create, scale, remove, requests.",
        synopsisSubcommandLabel = "COMMAND")
public final class InfrastructureCommands {

    private static final String PATH = "/api/v1/infrastructure";

    @Command(description = "The installed providers.")
    int providers(@Mixin ConnectionOptions connection) {
        JsonNode all = connection.client().get(PATH);
        if (connection.terminal().isJson()) {
            connection.terminal().json(all);
            return 0;
        }
        TableRenderer table = new TableRenderer("provider", "items", "problem");
        all.path("items")
                .forEach(provider -> table.row(
                        provider.path("provider").asText(),
                        String.valueOf(provider.path("items").size()),
                        provider.path("problem").path("detail").asText("-")));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "What a provider has made.")
    int list(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PROVIDER") String provider) {
        JsonNode answer = connection.client().get(path(provider));
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
            return 0;
        }
        TableRenderer table = new TableRenderer("infrastructure", "status", "details");
        answer.path("items")
                .forEach(item -> table.row(
                        item.path("id").asText(),
                        item.path("status").asText(),
                        item.path("details").toString()));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "Asks a provider for a cluster or host, as a JSON file describes it.")
    int create(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(
                            names = {"-f", "--filename"},
                            paramLabel = "FILE",
                            required = true,
                            description = "The wish, as JSON.")
                    Path file)
            throws IOException {
        JsonNode wish = new JsonTreeReader().read(Files.readString(file));
        return request(connection, connection.client().post(path(provider), wish));
    }

    @Command(description = "Changes the number of nodes.")
    int scale(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Parameters(paramLabel = "INFRASTRUCTURE") String id,
            @Parameters(paramLabel = "NODES") int nodes) {
        return request(
                connection,
                connection
                        .client()
                        .put(
                                path(provider, "items", id, "nodes"),
                                JsonNodeFactory.instance.objectNode().put("nodes", nodes)));
    }

    @Command(description = "Gives a cluster or host back.")
    int remove(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Parameters(paramLabel = "INFRASTRUCTURE") String id) {
        return request(connection, connection.client().delete(path(provider, "items", id)));
    }

    @Command(description = "What a provider was asked for, newest first; or one request.")
    int requests(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Parameters(paramLabel = "REQUEST", arity = "0..1", description = "Only this one.") Optional<String> id) {
        if (id.isPresent()) {
            return request(connection, connection.client().get(path(provider, "requests", id.get())));
        }
        JsonNode page = connection.client().get(path(provider, "requests") + "?limit=100");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
            return 0;
        }
        TableRenderer table = new TableRenderer("request", "action", "infrastructure", "state", "created", "problem");
        page.path("items").forEach(request -> row(table, request));
        connection.terminal().table(table);
        return 0;
    }

    private static int request(ConnectionOptions connection, JsonNode request) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(request);
            return 0;
        }
        TableRenderer table = new TableRenderer("request", "action", "infrastructure", "state", "created", "problem");
        row(table, request);
        connection.terminal().table(table);
        return 0;
    }

    private static void row(TableRenderer table, JsonNode request) {
        table.row(
                request.path("id").asText(),
                request.path("action").asText().toLowerCase(java.util.Locale.ROOT),
                request.path("infrastructure").asText("-"),
                request.path("state").asText().toLowerCase(java.util.Locale.ROOT),
                request.path("createdAt").asText(),
                request.path("problem").path("detail").asText("-"));
    }

    private static String path(String... segments) {
        return PATH + RestCalls.path(segments);
    }
}
