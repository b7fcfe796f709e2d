// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RestCalls.PlainAnswer;
import eu.nephele.smo.access.cli.listing.KnownKinds;
import eu.nephele.smo.access.cli.listing.ListRequest;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.listing.ResourceReader;
import eu.nephele.smo.access.cli.resource.OutputFormat.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}: items of any kind. */
@Command(
        name = "get",
        description =
                "Lists what there is: graphs, services, clusters, operations, events, strategies, plugins, shadows and"
                        + " kinds that bundles bring; smo get kinds lists the latter.")
public final class GetCommand implements Callable<Integer> {

    private static final int FIRST_ERROR = 400;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "In the plural, in the singular, or short: graphs, graph, g.")
    private String kind = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Only these.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-A", "--all-projects"},
            description = "Of all projects, also where one is usual.")
    private boolean all;

    @Option(
            names = {"-g", "--graph"},
            paramLabel = "GRAPH",
            description = "Of this graph: services, decisions, revisions.")
    private Optional<String> graph = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "So many at most; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--raw",
            paramLabel = "PATH",
            description = "Instead: what the server answers to GET PATH, as it is, such as /health/ready or /metrics.")
    private Optional<String> raw = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (raw.isPresent() == !kind.isEmpty()) {
            throw connection.wrong("Give a KIND, or --raw PATH");
        }
        return raw.isPresent() ? raw(raw.get()) : items();
    }

    private int raw(String path) throws IOException {
        // behind two slashes is another host, which would get the token
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw connection.wrong("--raw is '%s', expected a path that begins with one slash".formatted(path));
        }
        PlainAnswer answer = connection.client().plain(path);
        connection.terminal().raw(answer.text().stripTrailing());
        return (answer.status() < FIRST_ERROR ? ExitStatus.DONE : ExitStatus.FAILED).code();
    }

    private int items() {
        OutputFormat format = output.format(connection);
        try {
            RestCalls calls = connection.client();
            ListedKind listed = new KnownKinds().find(kind, calls);
            ListRequest request = request();
            ResourceReader reader = new ResourceReader(calls, listed);
            List<JsonNode> items = reader.read(request);
            boolean several = reader.hasSeveralProjects(request) && names.isEmpty();
            if (format.isFor(Style.NAME)) {
                items.forEach(item -> connection.terminal().raw(reader.name(item, several)));
            } else {
                new ResourceWriter(connection.terminal(), listed).write(format, items, names.size() == 1, several);
            }
            return 0;
        } catch (IllegalArgumentException unclear) {
            throw connection.wrong(String.valueOf(unclear.getMessage()));
        }
    }

    private ListRequest request() {
        Optional<String> project = all ? Optional.empty() : projects.ifNamed(connection);
        Optional<String> ofGraph = graph;
        if (graph.filter(name -> name.contains("/")).isPresent()) {
            ProjectOptions.GraphName named = projects.graph(connection, graph.get());
            project = Optional.of(named.project());
            ofGraph = Optional.of(named.name());
        }
        return new ListRequest(kind, names, project, ofGraph, limit);
    }
}
