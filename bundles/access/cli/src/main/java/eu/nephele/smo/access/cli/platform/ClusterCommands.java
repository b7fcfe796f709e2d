// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.view.ResponseTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cluster",
        description = "Clusters: services.",
        subcommands = ClusterServicesCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class ClusterCommands {

    @Command(
            hidden = true,
            description = "The clusters of all sources, with their free resources. Now: smo get clusters.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get("/api/v1/clusters?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
            return 0;
        }
        connection.terminal().table(ResponseTables.clusters(page.path("items")));
        page.path("unknownSources").forEach(source -> connection.terminal().notable(source.asText()));
        return 0;
    }
}
