// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.SmoClient;
import eu.nephele.smo.access.cli.view.SensitivityPicture;
import eu.nephele.smo.access.cli.view.SensitivityView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sensitivity",
        description = "Shows which placements other weights of an objective would choose; changes nothing.")
final class SensitivityCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(index = "0", paramLabel = "PROJECT")
    private String project = "";

    @Parameters(index = "1", paramLabel = "GRAPH")
    private String graph = "";

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            required = true,
            description = "Its weight varies; the others keep theirs.")
    private String objective = "";

    @Option(
            names = "--from",
            paramLabel = "WEIGHT",
            defaultValue = "0",
            description = "Smallest weight; default: ${DEFAULT-VALUE}.")
    private double from;

    @Option(
            names = "--to",
            paramLabel = "WEIGHT",
            defaultValue = "10",
            description = "Largest weight; default: ${DEFAULT-VALUE}.")
    private double to;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "21",
            description = "Number of weights, at most 201; default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--strategy", paramLabel = "ID", description = "Decides instead of the one that decided.")
    private @Nullable String strategy;

    @Option(names = "--decision", paramLabel = "ID", description = "Of this decision; default: the newest placement.")
    private @Nullable String decision;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the terms over the weight into this file.")
    private @Nullable Path picture;

    @Override
    public Integer call() throws IOException {
        JsonNode answer = connection.client().get(path());
        if (picture != null) {
            Files.writeString(picture, SensitivityPicture.svg(answer));
        }
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            SensitivityView.print(connection.terminal(), answer);
            if (picture != null) {
                connection.terminal().line("Picture: " + picture);
            }
        }
        return answer.path("complete").asBoolean() ? 0 : 1;
    }

    private String path() {
        StringBuilder path = new StringBuilder(SmoClient.path("api", "v1", "sensitivity"));
        path.append("?graph=").append(SmoClient.encoded(project + "/" + graph));
        path.append("&objective=").append(SmoClient.encoded(objective));
        path.append("&from=")
                .append(from)
                .append("&to=")
                .append(to)
                .append("&steps=")
                .append(steps);
        append(path, "strategy", strategy);
        append(path, "decision", decision);
        return path.toString();
    }

    private static void append(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(SmoClient.encoded(value));
        }
    }
}
