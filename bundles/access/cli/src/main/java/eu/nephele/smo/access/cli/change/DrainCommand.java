// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.FleetPlanView;
import eu.nephele.smo.access.cli.waiting.WaitTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drain}: moves all services off a cluster. */
@Command(
        name = "drain",
        description = "Moves all services off a cluster. On a terminal it shows where they would go, and asks.")
public final class DrainCommand implements Callable<Integer> {

    private static final Duration PLANNING = Duration.ofSeconds(330);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private WaitTime waiting = new WaitTime();

    @Mixin
    private ChangeConfirmation confirmation = new ChangeConfirmation();

    @Parameters(paramLabel = "CLUSTER", description = "NAME or SOURCE/NAME.")
    private String cluster = "";

    @Option(names = "--plan", description = "Shows where all of it would go, and moves nothing.")
    private boolean planOnly;

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Reason, for other operators.")
    private String why = "";

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        if (planOnly || connection.terminal().isLive()) {
            JsonNode plan = preview(calls);
            if (connection.terminal().isJson()) {
                connection.terminal().json(plan);
            } else {
                FleetPlanView.print(connection.terminal(), plan);
            }
        }
        if (planOnly) {
            return ExitStatus.DONE.code();
        }
        if (!confirmation.isGiven("Drain %s?".formatted(cluster))) {
            connection.terminal().notable("Nothing was moved.");
            return ExitStatus.DECLINED.code();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!why.isEmpty()) {
            body.put("reason", why);
        }
        return waiting.settle(connection, calls, calls.post(ClusterDirectiveCommand.path(cluster) + "/drain", body));
    }

    /** A plan as if the cluster were lost: nothing is moved by it. */
    private JsonNode preview(RestCalls calls) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("whatIf").putObject("clusters").put(cluster, "lost");
        return calls.post("/api/v1/fleet/plans", question, PLANNING);
    }
}
