// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.FleetPlanPicture;
import eu.nephele.smo.access.cli.view.FleetPlanView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fleet",
        description = "Plans that place many graphs again together: plan, what-if, list, show, apply, forget.",
        subcommands = WhatIfCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class FleetCommands {

    /** Wait for a plan beside the time for the search: to read the fleet before, and to order the moves behind it. */
    private static final Duration READ_AND_ORDER = Duration.ofSeconds(90);

    /** What the server may be configured to search for at most. */
    private static final int MOST_SECONDS = 600;

    private static final String PICTURE = "Draws the moves into this file.";

    @Command(description = "Plans the placement of many graphs together; changes nothing.")
    int plan(
            @Mixin ConnectionOptions connection,
            @Option(names = "--max-moves", paramLabel = "N", description = "Most services that move.") @Nullable
                    Integer maxMoves,
            @Option(names = "--objectives", paramLabel = "NAME=WEIGHT", split = ",") @Nullable
                    Map<String, Double> objectives,
            @Option(names = "--graph", paramLabel = "PROJECT/NAME", description = "May move; default: all.") @Nullable
                    List<String> graphs,
            @Option(names = "--strategy", paramLabel = "ID") @Nullable String strategy,
            @Option(names = "--budget", paramLabel = "SECONDS", description = "Time for the search.") @Nullable
                    Integer seconds,
            @Option(
                            names = "--what-if",
                            paramLabel = "JSON",
                            description = "Another world: {\"clusters\": {\"c1\": \"lost\"}, \"demand\": 1.3}.")
                    @Nullable
                    String whatIf,
            @Option(names = "--svg", paramLabel = "FILE", description = PICTURE) @Nullable Path picture)
            throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (maxMoves != null) {
            body.put("maxMoves", maxMoves);
        }
        if (objectives != null) {
            objectives.forEach(body.putObject("objectives")::put);
        }
        if (graphs != null) {
            ArrayNode names = body.putArray("graphs");
            graphs.forEach(names::add);
        }
        if (strategy != null) {
            body.put("strategy", strategy);
        }
        if (seconds != null) {
            body.put("budgetSeconds", seconds);
        }
        if (whatIf != null) {
            body.set("whatIf", new ObjectMapper().readTree(whatIf));
        }
        Duration patience = READ_AND_ORDER.plusSeconds(seconds == null ? MOST_SECONDS : seconds);
        String path = RestCalls.path("api", "v1", "fleet", "plans");
        List<String> lost = new ArrayList<>();
        body.at("/whatIf/clusters").fieldNames().forEachRemaining(lost::add);
        JsonNode plan = connection.client().post(path, body, patience);
        print(connection, plan);
        return draw(connection, plan, lost, picture);
    }

    @Command(description = "The plans that are kept, the newest first.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get(RestCalls.path("api", "v1", "fleet", "plans"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else if (page.path("items").isEmpty()) {
            connection.terminal().line("No plans are kept.");
        } else {
            connection.terminal().table(FleetPlanView.table(page.path("items")));
        }
        return 0;
    }

    @Command(description = "A plan with the progress of its steps.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PLAN") String id,
            @Option(names = "--svg", paramLabel = "FILE", description = PICTURE) @Nullable Path picture)
            throws IOException {
        JsonNode plan = connection.client().get(RestCalls.path("api", "v1", "fleet", "plans", id));
        print(connection, plan);
        return draw(connection, plan, List.of(), picture);
    }

    @Command(description = "Carries out a plan, step by step, exactly as shown.")
    int apply(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PLAN") String id) {
        return print(connection, connection.client().post(RestCalls.path("api", "v1", "fleet", "plans", id, "apply")));
    }

    @Command(description = "Forgets a plan; steps that have begun are finished.")
    int forget(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PLAN") String id) {
        connection.client().delete(RestCalls.path("api", "v1", "fleet", "plans", id));
        connection.terminal().good("Plan %s is forgotten".formatted(id));
        return 0;
    }

    private static int print(ConnectionOptions connection, JsonNode plan) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(plan);
        } else {
            FleetPlanView.print(connection.terminal(), plan);
        }
        return 0;
    }

    /** After the plan is told: it was made in seconds, and is not lost when the file cannot be written. */
    private static int draw(ConnectionOptions connection, JsonNode plan, List<String> lost, @Nullable Path picture)
            throws IOException {
        if (picture != null) {
            Files.writeString(picture, FleetPlanPicture.svg(plan, lost));
            if (!connection.terminal().isJson()) {
                connection.terminal().line("Picture: " + picture);
            }
        }
        return 0;
    }
}
