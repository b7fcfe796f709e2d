// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: shows on a simulated federation what the SMO does with an application graph. */
@Command(
        name = "demo",
        description =
                "Deploys a graph, raises its load, lets a cluster fail, and explains what was decided; then a partner's"
                        + " strategy is installed, tried in the shadow, promoted and swapped.")
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--graph", paramLabel = "FILE", description = "Graph to deploy; default: the Brussels demo.")
    private @Nullable Path graph;

    @Option(
            names = "--examples",
            paramLabel = "FOLDER",
            description = "Where energy-aware-1.0.0.jar and -2.0.0.jar are; default: no plugin is shown.")
    private @Nullable Path examples;

    @Option(names = "--once", description = "The last line is the outcome as one JSON object.")
    private boolean once;

    @Option(
            names = "--startup-millis",
            paramLabel = "N",
            description = "How long the server took to start, for the outcome.")
    private long startupMillis = -1;

    public static void main(String[] arguments) {
        Main.run(new DemoCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        DemoGraph wanted = graph == null ? DemoGraph.builtIn() : DemoGraph.of(graph);
        return new Demo(connection.client(), connection.terminal(), DemoClock.REAL, Optional.ofNullable(examples))
                .run(wanted, startupMillis, once || connection.terminal().isJson());
    }
}
