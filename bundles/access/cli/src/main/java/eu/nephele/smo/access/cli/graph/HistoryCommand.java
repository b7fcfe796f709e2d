// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graph history}: each change of a graph, or the graph as it was. */
@Command(
        name = "history",
        description = "Each change of a graph in a time, a day when none is given; with --at, the graph as it was.")
public final class HistoryCommand implements Callable<Integer> {

    private static final ListedKind MOMENTS = ListedKind.rows(
            "changes",
            "change",
            "/at",
            "AT=/at|time CAUSE=/cause/source WHAT=/cause/what|lower OUTCOME=/cause/outcome|lower PHASE=/phase|lower"
                    + " REVISION=/revision SERVICES=/services|places",
            "SERVICE=/cause/service MESSAGE=/cause/message DECISION=/decisionId ID=/cause/id");

    private static final ListedKind SERVICES = ListedKind.rows(
            "services",
            "service",
            "/service",
            "SERVICE=/service CLUSTERS=/shares|shares PER-SECOND=/load/perSecond|decimal",
            "MEASURED=/load/at|time");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private GraphArgument graph = new GraphArgument();

    @Mixin
    private PastSpan span = new PastSpan();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--at", paramLabel = "INSTANT", description = "The graph as it was then.")
    private Optional<String> at = Optional.empty();

    @Override
    public Integer call() {
        String usual = span.query(connection);
        if (at.isPresent()) {
            if (!usual.isEmpty()) {
                throw connection.wrong("Give --at, or a time by --since, --from and --to");
            }
            graphAt(at.get());
            return 0;
        }
        JsonNode history = connection.client().get(graph.path(connection, "history") + usual);
        if (output.isTable(connection)) {
            state(history.path("from"), history.path("before"));
        }
        output.write(connection, MOMENTS, history.path("moments"), history);
        return 0;
    }

    private void graphAt(String time) {
        JsonNode state = connection
                .client()
                .get(graph.path(connection, "history", "at") + "?"
                        + PastSpan.parameter("time", PastSpan.instant(connection, time)));
        List<JsonNode> services = new ArrayList<>();
        state.path("services").properties().forEach(service -> {
            ObjectNode row = JsonNodeFactory.instance.objectNode().put("service", service.getKey());
            service.getValue().properties().forEach(member -> row.set(member.getKey(), member.getValue()));
            services.add(row);
        });
        if (output.isTable(connection)) {
            state(state.path("at"), state);
        }
        output.write(connection, SERVICES, services, state);
    }

    private void state(JsonNode time, JsonNode state) {
        connection
                .terminal()
                .line("%s at %s: phase %s, revision %s, decision %s"
                        .formatted(
                                graph.name(connection),
                                time.asText(),
                                state.path("phase").asText("-"),
                                state.path("revision").asText("-"),
                                state.path("decisionId").asText("-")));
    }
}
