// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: what {@code apply} would change in descriptors. */
@Command(
        name = "diff",
        description = "Shows what apply would change in the descriptors of graphs; the exit status is 2 if anything.")
public final class DiffCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "A file, each file of a folder, or - for standard input; JSON or YAML.")
    private String source = "";

    @Override
    public Integer call() throws IOException {
        boolean different = false;
        RestCalls calls = connection.client();
        for (DescriptorFile file : DescriptorFile.read(source, System.in)) {
            String name = file.graphName()
                    .orElseThrow(() -> connection.wrong("%s has no hdaGraph.id".formatted(file.source())));
            JsonNode present = new GraphApplication(calls, projects.project(connection), name, file).look();
            TextDiff diff = new TextDiff(SortedYaml.lines(present), SortedYaml.lines(file.graph()));
            different |= !diff.isEmpty();
            if (connection.terminal().isJson()) {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                answer.put("graph", name).put("file", file.source()).put("different", !diff.isEmpty());
                diff.shown().forEach(answer.withArray("lines")::add);
                connection.terminal().json(answer);
            } else {
                show(name, diff);
            }
        }
        return different ? ExitStatus.DIFFERENT.code() : ExitStatus.DONE.code();
    }

    private void show(String name, TextDiff diff) {
        if (diff.isEmpty()) {
            connection.terminal().line("%s is as the file says".formatted(name));
            return;
        }
        connection.terminal().line(name);
        diff.shown().forEach(line -> {
            if (line.startsWith("+")) {
                connection.terminal().good(line);
            } else if (line.startsWith("-")) {
                connection.terminal().bad(line);
            } else {
                connection.terminal().line(line);
            }
        });
    }
}
