// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.ScalingSensitivityPicture;
import eu.nephele.smo.access.cli.view.ScalingSensitivityView;
import eu.nephele.smo.access.cli.view.SensitivityPicture;
import eu.nephele.smo.access.cli.view.SensitivityView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sensitivity",
        description =
                "Shows which placements other weights, or which replicas other demand, capacities or parameters would choose;"
                        + " changes nothing.")
final class SensitivityCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(index = "0", paramLabel = "PROJECT")
    private String project = "";

    @Parameters(index = "1", paramLabel = "GRAPH")
    private String graph = "";

    @ArgGroup(multiplicity = "1")
    private Varied varied = new Varied();

    /** What varies: exactly one. */
    private static final class Varied {

        @Option(
                names = "--objective",
                paramLabel = "NAME",
                description = "Of a placement: the weight of this objective varies; the others keep theirs.")
        private @Nullable String objective;

        @Option(
                names = "--input",
                paramLabel = "demand|capacity",
                description = "Of a scaling decision: a factor of the demand, or of what replicas can serve, varies.")
        private @Nullable String input;

        @Option(
                names = "--parameter",
                paramLabel = "NAME",
                description = "Of a scaling decision: this parameter of the strategy varies; with --from and --to.")
        private @Nullable String parameter;
    }

    @Option(
            names = "--service",
            paramLabel = "ID",
            description = "Its demand, capacity, or parameter of its strategy varies; default: those of all services.")
    private @Nullable String service;

    @Option(
            names = "--from",
            paramLabel = "VALUE",
            description = "Smallest value; default: 0 for a weight, 0.5 for a factor.")
    private @Nullable Double from;

    @Option(
            names = "--to",
            paramLabel = "VALUE",
            description = "Largest value; default: 10 for a weight, 2 for a factor.")
    private @Nullable Double to;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "21",
            description = "Number of values, at most 201; default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--strategy", paramLabel = "ID", description = "Decides instead of the one that decided.")
    private @Nullable String strategy;

    @Option(names = "--decision", paramLabel = "ID", description = "Of this decision; default: the newest.")
    private @Nullable String decision;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draws terms over the weight, or replicas over the value, into this file.")
    private @Nullable Path picture;

    @Override
    public Integer call() throws IOException {
        boolean ofWeights = varied.objective != null;
        if (ofWeights && service != null) {
            throw connection.wrong("--service is for scaling decisions, --objective for placements");
        }
        JsonNode answer = connection.client().get(ofWeights ? pathOfWeights() : pathOfScaling());
        if (picture != null) {
            Files.writeString(
                    picture, ofWeights ? SensitivityPicture.svg(answer) : ScalingSensitivityPicture.svg(answer));
        }
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            if (ofWeights) {
                SensitivityView.print(connection.terminal(), answer);
            } else {
                ScalingSensitivityView.print(connection.terminal(), answer);
            }
            if (picture != null) {
                connection.terminal().line("Picture: " + picture);
            }
        }
        boolean answered = ofWeights ? answer.path("complete").asBoolean() : ScalingSensitivityView.isAnswered(answer);
        return answered ? 0 : 1;
    }

    private String pathOfWeights() {
        StringBuilder path = new StringBuilder(RestCalls.path("api", "v1", "sensitivity"));
        path.append("?graph=").append(RestCalls.encoded(project + "/" + graph));
        append(path, "objective", varied.objective);
        appendRange(path);
        return path.toString();
    }

    private String pathOfScaling() {
        StringBuilder path = new StringBuilder(RestCalls.path("api", "v1", "sensitivity", "scaling"));
        path.append("?graph=").append(RestCalls.encoded(project + "/" + graph));
        append(path, "input", varied.input);
        append(path, "parameter", varied.parameter);
        append(path, "service", service);
        appendRange(path);
        return path.toString();
    }

    private void appendRange(StringBuilder path) {
        append(path, "from", from);
        append(path, "to", to);
        append(path, "steps", steps);
        append(path, "strategy", strategy);
        append(path, "decision", decision);
    }

    private static void append(StringBuilder path, String name, @Nullable Object value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(RestCalls.encoded(value.toString()));
        }
    }
}
