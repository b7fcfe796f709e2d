// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.QuotaView;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quota}: what projects may have. */
@Command(
        name = "quota",
        description = "Quotas of projects: list, show, set, remove.",
        synopsisSubcommandLabel = "COMMAND")
public final class QuotaCommands {

    private static final String LIMITS = "limits";
    private static final String MEMBERS = "members";

    @Command(description = "What each project may have and has.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode quotas = connection.client().get("/api/v1/quotas?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(quotas);
        } else {
            connection.terminal().table(QuotaView.table(quotas.path("items")));
        }
        return 0;
    }

    @Command(description = "What a project may have and has.")
    int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PROJECT") String project) {
        return told(connection, connection.client().get(path(project)), "");
    }

    @Command(
            description =
                    "Gives a project a quota of its own, or changes some limits of the one it has. What is there already stays.")
    int set(
            @Mixin ConnectionOptions connection,
            @Parameters(index = "0", paramLabel = "PROJECT") String project,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "MEMBER=LIMIT",
                            description =
                                    "graphs, services, webhooks, plans, streams, cpu (8, 500m), memory, storage (16Gi), gpus, or a"
                                            + " resource such as nvidia.com/mig-1g.5gb; MEMBER=none takes a limit away.")
                    Map<String, String> limits,
            @Option(names = "--replace", description = "Limits that are not named are taken away.") boolean replace) {
        RestCalls client = connection.client();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode all = body.putObject(LIMITS);
        if (!replace) {
            client.get(path(project)).path(MEMBERS).properties().forEach(member -> {
                if (member.getValue().has("limit")) {
                    all.set(member.getKey(), member.getValue().path("limit"));
                }
            });
        }
        limits.forEach((member, limit) -> {
            if (limit.equals("none")) {
                all.remove(member);
            } else {
                all.put(
                        member,
                        QuotaView.amount(member, limit)
                                .orElseThrow(() -> connection.wrong(
                                        "'%s' is no limit of %s; expected a whole number, for cpu 8 or 500m, for memory and storage 16Gi"
                                                .formatted(limit, member))));
            }
        });
        return told(connection, client.put(path(project), body), "The quota of project %s is set".formatted(project));
    }

    @Command(description = "Takes the quota of a project away; that of all projects without one counts again.")
    int remove(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PROJECT") String project) {
        return told(
                connection,
                connection.client().delete(path(project)),
                "Project %s has no quota of its own any more".formatted(project));
    }

    private static int told(ConnectionOptions connection, JsonNode quota, String line) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(quota);
            return 0;
        }
        if (!line.isEmpty()) {
            connection.terminal().good(line);
        }
        connection.terminal().table(QuotaView.table(List.of(quota)));
        return 0;
    }

    private static String path(String project) {
        return RestCalls.path("api", "v1", "quotas", project);
    }
}
