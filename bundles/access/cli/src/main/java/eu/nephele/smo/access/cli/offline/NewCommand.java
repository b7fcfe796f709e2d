// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.offline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code new}: a file to begin with. It contacts no server. */
@Command(
        name = "new",
        description =
                "Prints a file to begin with: graph, scaled-graph or resource. Projects for plugins are made by new"
                        + " strategy|scaler|objective|intent|subscriber|adapter NAME.")
public final class NewCommand implements Callable<Integer> {

    private static final String KINDS = "graph|scaled-graph|resource";

    @Parameters(paramLabel = "KIND", arity = "0..1", defaultValue = "graph", description = "Default: ${DEFAULT-VALUE}.")
    private String kind = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (!kind.matches(KINDS)) {
            throw new ParameterException(
                    command.commandLine(), "There is no file for '%s'; expected %s".formatted(kind, KINDS));
        }
        try (InputStream in = Objects.requireNonNull(NewCommand.class.getResourceAsStream(kind + ".yaml"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            command.commandLine().getOut().println(reader.lines().collect(Collectors.joining("\n")));
        }
        return 0;
    }
}
