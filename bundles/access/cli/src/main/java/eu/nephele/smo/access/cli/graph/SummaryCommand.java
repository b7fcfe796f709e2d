// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graph summary}: all graphs in numbers, and those that need a person. */
@Command(
        name = "summary",
        description = "How many graphs there are in which phase, in all projects, and those that need a person.")
public final class SummaryCommand implements Callable<Integer> {

    private static final ListedKind ATTENTION = ListedKind.rows(
                    "graphs that need a person",
                    "graph",
                    "/name",
                    "PROJECT=/project GRAPH=/name PHASE=/phase|lower ATTENTION=/attention REASON=/condition/reason"
                            + " REMEDY=/condition/remedy",
                    "SINCE=/condition/since|time MESSAGE=/condition/message")
            .ofProjects();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        JsonNode summary = connection.client().get("/api/v1/graphs/summary");
        if (output.isTable(connection)) {
            StringBuilder phases = new StringBuilder();
            summary.path("phases")
                    .properties()
                    .forEach(phase -> phases.append(", %s %s"
                            .formatted(phase.getValue().asText(), phase.getKey().toLowerCase(Locale.ROOT))));
            connection
                    .terminal()
                    .line("%s graphs of %s projects with %s services and %s replicas%s; %s need a person"
                            .formatted(
                                    summary.path("graphs").asText(),
                                    summary.at("/projects/count").asText(),
                                    summary.path("services").asText(),
                                    summary.path("replicas").asText(),
                                    phases,
                                    summary.at("/attention/count").asText()));
        }
        output.write(connection, ATTENTION, summary.at("/attention/items"), summary);
        return 0;
    }
}
