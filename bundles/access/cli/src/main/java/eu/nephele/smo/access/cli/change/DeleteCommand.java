// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.waiting.WaitTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}: removes a graph, or anything else by its kind and name. */
@Command(
        name = "delete",
        description =
                "Removes a graph, a resource of a kind, a webhook, a user, a key or a grant. It asks on a terminal.")
public final class DeleteCommand implements Callable<Integer> {

    private static final Map<String, String> PATHS = Map.of(
            "webhook", "/api/v1/webhooks",
            "user", "/api/v1/users",
            "key", "/api/v1/keys",
            "grant", "/api/v1/grants",
            "session", "/api/v1/sessions",
            "shadow", "/api/v1/shadows",
            "quota", "/api/v1/quotas",
            "fleet-plan", "/api/v1/fleet/plans");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Mixin
    private WaitTime waiting = new WaitTime();

    @Mixin
    private ChangeConfirmation confirmation = new ChangeConfirmation();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "graph, a kind that a bundle brings, webhook, user, key, grant, …")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Of a graph: NAME or PROJECT/NAME.")
    private String name = "";

    @Option(
            names = "--force",
            description = "Does not wait for what cannot be removed outside now; the answer names what remains.")
    private boolean force;

    @Override
    public Integer call() {
        String path = path();
        if (!confirmation.isGiven("Remove %s %s?".formatted(kind, name))) {
            connection.terminal().notable("Nothing was removed.");
            return ExitStatus.DECLINED.code();
        }
        RestCalls calls = connection.client();
        JsonNode answer = calls.delete(path);
        if (answer.has("state") && answer.has("kind")) {
            return waiting.settle(connection, calls, answer);
        }
        connection.terminal().good("%s %s is removed".formatted(kind, name));
        if (connection.terminal().isJson() && !answer.isMissingNode()) {
            connection.terminal().json(answer);
        }
        return 0;
    }

    private String path() {
        String forced = force ? "force=true" : "";
        if (kind.matches("g|graphs?")) {
            ProjectOptions.GraphName graph = projects.graph(connection, name);
            return RestCalls.path("api", "v1", "projects", graph.project(), "graphs", graph.name()) + query(forced);
        }
        String known = PATHS.get(kind.replaceFirst("s$", ""));
        if (known != null) {
            return known + RestCalls.path(name);
        }
        Optional<String> project = projects.ifNamed(connection);
        return RestCalls.path("api", "v1", "kinds", kind, "resources", name)
                + query(
                        forced,
                        project.map(in -> "project=" + RestCalls.encoded(in)).orElse(""));
    }

    private static String query(String... parameters) {
        String joined = java.util.Arrays.stream(parameters)
                .filter(parameter -> !parameter.isEmpty())
                .collect(java.util.stream.Collectors.joining("&"));
        return joined.isEmpty() ? "" : "?" + joined;
    }
}
