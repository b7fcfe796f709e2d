// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.waiting.WaitTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rollback}: a former descriptor again. */
@Command(
        name = "rollback",
        description = "Returns a graph to a former revision; smo get revisions --graph GRAPH lists them.")
public final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Mixin
    private WaitTime waiting = new WaitTime();

    @Parameters(index = "0", paramLabel = "GRAPH", description = "NAME or PROJECT/NAME.")
    private String graph = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "REVISION", description = "Default: the one before.")
    private Optional<Long> revision = Optional.empty();

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        ProjectOptions.GraphName name = projects.graph(connection, graph);
        String path = RestCalls.path("api", "v1", "projects", name.project(), "graphs", name.name());
        long target = revision.orElseGet(() -> before(calls, path));
        JsonNode answer = calls.post(
                path + "/rollback", JsonNodeFactory.instance.objectNode().put("revision", target));
        connection.terminal().line("%s returns to revision %d".formatted(name, target));
        return waiting.settle(connection, calls, answer);
    }

    private long before(RestCalls calls, String path) {
        long present = calls.get(path).path("revision").asLong();
        long found = -1;
        for (JsonNode item : calls.get(path + "/revisions?limit=100").path("items")) {
            long number = item.path("revision").asLong();
            found = number < present ? Math.max(found, number) : found;
        }
        if (found < 0) {
            throw connection.wrong("%s has no revision before %d".formatted(graph, present));
        }
        return found;
    }
}
