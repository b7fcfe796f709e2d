// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.TrialView;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "strategy",
        description = "Strategies, objectives and intents: list, defaults, set-default, eject, let-in.",
        synopsisSubcommandLabel = "COMMAND")
final class StrategyCommands {

    @Spec
    private @Nullable CommandSpec command;

    @Command(description = "Strategies, objectives and intents with their statistics.")
    int list(
            @Mixin ConnectionOptions connection,
            @Parameters(
                            paramLabel = "KIND",
                            arity = "0..1",
                            defaultValue = "",
                            description = "placement, scaling, objective or intent; default: placement and scaling.")
                    String kind) {
        JsonNode page = connection.client().get(kind.isEmpty() ? path() : path(kind));
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else {
            connection.terminal().table(TrialView.strategies(page.path("items")));
        }
        return 0;
    }

    @Command(description = "The default strategies, and settings without effect.")
    int defaults(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get("/api/v1/defaults");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
            return 0;
        }
        connection.terminal().table(TrialView.defaults(page.path("items")));
        connection
                .terminal()
                .line("smo strategy set-default KEY VALUE sets one; it takes effect at the next decision."
                        + " Settings of projects are in etc/eu.nephele.smo.core.strategies.cfg or .config of"
                        + " the"
                        + " server's data directory.");
        return 0;
    }

    @Command(name = "set-default", description = "Sets a default strategy, also for the time after a restart.")
    int setDefault(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "KEY", description = "As smo strategy defaults shows it.") String key,
            @Parameters(paramLabel = "VALUE", description = "\"\" for none.") String value) {
        JsonNode set = connection
                .client()
                .put(
                        RestCalls.path("api", "v1", "defaults", key),
                        JsonNodeFactory.instance.objectNode().put("value", value));
        if (connection.terminal().isJson()) {
            connection.terminal().json(set);
        } else {
            connection
                    .terminal()
                    .table(TrialView.defaults(
                            JsonNodeFactory.instance.arrayNode().add(set)));
        }
        return 0;
    }

    @Command(description = "Ejects a strategy; its previous version or the fallback decides.")
    int eject(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "KIND") String kind,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "") String version,
            @Option(
                            names = "--why",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Reason, for other operators.")
                    String why) {
        var body = JsonNodeFactory.instance.objectNode();
        if (!why.isEmpty()) {
            body.put("why", why);
        }
        String path = path(kind, id, versionOf(connection, kind, id, version), "eject");
        return changed(connection, connection.client().post(path, body));
    }

    @Command(name = "let-in", description = "Reinstates an ejected strategy.")
    int letIn(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "KIND") String kind,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "") String version) {
        String path = path(kind, id, versionOf(connection, kind, id, version), "let-in");
        return changed(connection, connection.client().post(path));
    }

    private static int changed(ConnectionOptions connection, JsonNode strategy) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(strategy);
        } else {
            connection
                    .terminal()
                    .table(TrialView.strategies(
                            JsonNodeFactory.instance.arrayNode().add(strategy)));
        }
        return 0;
    }

    /** The only version, when none is named. */
    private String versionOf(ConnectionOptions connection, String kind, String id, String version) {
        if (!version.isEmpty()) {
            return version;
        }
        JsonNode items = connection.client().get(path(kind)).path("items");
        List<String> versions = StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("id").asText().equals(id))
                .map(item -> item.path("version").asText())
                .toList();
        if (versions.size() == 1) {
            return versions.get(0);
        }
        String known =
                versions.isEmpty() ? "none is installed" : "several are installed: " + String.join(", ", versions);
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        throw new ParameterException(spec.commandLine(), "Which version of the %s %s? %s".formatted(kind, id, known));
    }

    private static String path(String... segments) {
        String base = RestCalls.path("api", "v1", "strategies");
        return segments.length == 0 ? base : base + RestCalls.path(segments);
    }
}
