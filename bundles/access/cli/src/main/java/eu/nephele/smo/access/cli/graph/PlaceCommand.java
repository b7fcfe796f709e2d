// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.change.PlanView;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graph place}: decides a graph, or some services of it, again. */
@Command(
        name = "place",
        description =
                "Decides the placement of a running graph again; with --service, --to or --away of some services only.")
public final class PlaceCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private GraphArgument graph = new GraphArgument();

    @Mixin
    private PlacementWish wish = new PlacementWish();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Option(
            names = "--plan",
            description = "Shows what would happen, and changes nothing; smo graph plan GRAPH PLAN --apply does it.")
    private boolean planOnly;

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        String path = graph.path(connection);
        ObjectNode body = wish.body(connection, calls, path);
        if (!planOnly) {
            return GraphCommands.changed(connection, waiting, calls.post(path + "/placement", body));
        }
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set("placement", body);
        JsonNode plan = calls.post(path + "/plan", question, PATIENCE);
        return PlanView.show(connection, plan);
    }
}
