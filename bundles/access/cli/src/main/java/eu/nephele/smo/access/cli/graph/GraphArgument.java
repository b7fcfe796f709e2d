// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.ProjectOptions.GraphName;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The graph of a command: in one word as elsewhere, or in two, its project first. */
public final class GraphArgument {

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(arity = "1..2", paramLabel = "GRAPH", description = "NAME, PROJECT/NAME or PROJECT NAME.")
    private List<String> words = List.of();

    public GraphName name(ConnectionOptions connection) {
        return words.size() == 2 ? new GraphName(words.get(0), words.get(1)) : projects.graph(connection, words.get(0));
    }

    /** The path of the graph, and of what is below it. */
    public String path(ConnectionOptions connection, String... further) {
        return path(name(connection), further);
    }

    public static String path(GraphName graph, String... further) {
        return RestCalls.path("api", "v1", "projects", graph.project(), "graphs", graph.name())
                + (further.length == 0 ? "" : RestCalls.path(further));
    }
}
