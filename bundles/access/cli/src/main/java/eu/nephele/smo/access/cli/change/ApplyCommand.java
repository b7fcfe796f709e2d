// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.change.GraphApplication.ChangedMeanwhile;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.waiting.WaitTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply}: creates or updates what files describe. */
@Command(
        name = "apply",
        description =
                "Creates or updates graphs, and resources of kinds, from files. On a terminal it shows the plan and asks.")
public final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Mixin
    private WaitTime waiting = new WaitTime();

    @Mixin
    private ChangeConfirmation confirmation = new ChangeConfirmation();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "A file, each file of a folder, or - for standard input; JSON or YAML.")
    private String source = "";

    @Option(names = "--plan", description = "Shows what would be done, and does nothing.")
    private boolean planOnly;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the graph, where the file only refers to a descriptor.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() throws IOException {
        List<DescriptorFile> files = DescriptorFile.read(source, System.in);
        RestCalls calls = connection.client();
        int status = ExitStatus.DONE.code();
        for (DescriptorFile file : files) {
            if (files.size() > 1) {
                connection.terminal().line(file.source());
            }
            status = Math.max(status, file.isGraph() ? graph(calls, file) : resource(calls, file));
        }
        return status;
    }

    private int graph(RestCalls calls, DescriptorFile file) {
        String graph = name.or(file::graphName)
                .orElseThrow(() -> connection.wrong(
                        "%s has no hdaGraph.id; --name says what the graph is called".formatted(file.source())));
        GraphApplication application = new GraphApplication(calls, projects.project(connection), graph, file);
        JsonNode before = application.look();
        JsonNode plan = application.plan();
        if (connection.terminal().isJson() && planOnly) {
            connection.terminal().json(plan);
        } else {
            PlanView.print(connection.terminal(), plan);
        }
        if (planOnly) {
            return ExitStatus.DONE.code();
        }
        if (!confirmation.isGiven("Apply this?")) {
            connection.terminal().notable("Nothing was changed.");
            return ExitStatus.DECLINED.code();
        }
        try {
            return waiting.settle(connection, calls, application.apply());
        } catch (ChangedMeanwhile meanwhile) {
            connection.error(
                    "Refused: somebody else has changed %s since it was read. What has changed:".formatted(graph));
            new TextDiff(SortedYaml.lines(before), SortedYaml.lines(meanwhile.present()))
                    .shown()
                    .forEach(connection::error);
            connection.error("Nothing was overwritten. Take the change into the file, then apply it again.");
            return ExitStatus.CHANGED_MEANWHILE.code();
        }
    }

    private int resource(RestCalls calls, DescriptorFile file) {
        JsonNode document = file.document();
        if (!document.path("kind").isTextual()
                || !document.path("name").isTextual()
                || !document.path("desired").isObject()) {
            throw connection.wrong("%s is neither a graph (hdaGraph) nor a resource of a kind (kind, name, desired)"
                    .formatted(file.source()));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("desired", document.path("desired"));
        if (document.has("labels")) {
            body.set("labels", document.path("labels"));
        }
        String path = RestCalls.path(
                "api",
                "v1",
                "kinds",
                document.path("kind").asText(),
                "resources",
                document.path("name").asText());
        String project = document.path("project").asText("");
        String query = project.isEmpty() ? "" : "?project=" + RestCalls.encoded(project);
        if (planOnly) {
            connection
                    .terminal()
                    .line("%s %s would be applied"
                            .formatted(
                                    document.path("kind").asText(),
                                    document.path("name").asText()));
            return ExitStatus.DONE.code();
        }
        JsonNode answer = calls.put(path + query, body);
        JsonNode operation = answer.path("operation");
        return waiting.settle(connection, calls, operation.isObject() ? operation : answer.path("none"));
    }
}
