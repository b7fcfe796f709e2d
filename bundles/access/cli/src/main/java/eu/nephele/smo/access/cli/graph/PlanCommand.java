// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.ProjectOptions.GraphName;
import eu.nephele.smo.access.cli.change.PlanView;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graph plan}: a plan that the server keeps. */
@Command(
        name = "plan",
        description =
                "Shows a plan of a graph that was made before; --apply carries out exactly that, if it still fits.")
public final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Parameters(index = "0", paramLabel = "GRAPH", description = "NAME or PROJECT/NAME.")
    private String graph = "";

    @Parameters(index = "1", paramLabel = "PLAN", description = "Its id.")
    private String plan = "";

    @Option(names = "--apply", description = "Carries it out.")
    private boolean apply;

    @Override
    public Integer call() {
        GraphName name = projects.graph(connection, graph);
        RestCalls calls = connection.client();
        String path = GraphArgument.path(name, "plans", plan);
        return apply
                ? GraphCommands.changed(connection, waiting, calls.post(path + "/apply"))
                : PlanView.show(connection, calls.get(path));
    }
}
