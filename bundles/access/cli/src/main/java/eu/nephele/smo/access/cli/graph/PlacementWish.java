// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which services of a graph are to be placed again, and where. */
public final class PlacementWish {

    @Option(
            names = {"-s", "--service"},
            paramLabel = "SERVICE",
            split = ",",
            description = "Only these, which leave their clusters unless --to says where they go.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--to", paramLabel = "CLUSTER", description = "They go to this cluster.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--away",
            paramLabel = "CLUSTER",
            description = "Of them, those on this cluster leave it, and the others that they are on.")
    private Optional<String> away = Optional.empty();

    @Option(names = "--strategy", paramLabel = "ID", defaultValue = "", description = "Which strategy decides.")
    private String strategy = "";

    @Option(names = "--force", description = "Also where intents of the graph ask to stay.")
    private boolean force;

    /**
     * The body of the call.
     *
     * @param path of the graph, which is read where the services of a cluster are meant
     */
    public ObjectNode body(ConnectionOptions connection, RestCalls calls, String path) {
        if (to.isPresent() && away.isPresent()) {
            throw connection.wrong("Give --to or --away, not both");
        }
        List<String> meant = away.map(cluster -> onCluster(connection, calls.get(path), cluster))
                .orElse(services);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        to.ifPresent(cluster -> body.put("reason", "offload").put("target", cluster));
        if (to.isEmpty() && !meant.isEmpty()) {
            body.put("reason", "move");
        }
        if (!meant.isEmpty()) {
            meant.forEach(body.putArray("services")::add);
        }
        if (!strategy.isEmpty()) {
            body.putObject("override").putObject("placement").put("id", strategy);
        }
        if (force) {
            body.put("force", true);
        }
        return body;
    }

    private List<String> onCluster(ConnectionOptions connection, JsonNode graph, String cluster) {
        List<String> there = new ArrayList<>();
        for (JsonNode service : graph.path("services")) {
            String name = service.path("name").asText();
            if ((services.isEmpty() || services.contains(name)) && isOn(service, cluster)) {
                there.add(name);
            }
        }
        if (there.isEmpty()) {
            throw connection.wrong("No service %sis on %s"
                    .formatted(services.isEmpty() ? "" : "of " + String.join(", ", services) + " ", cluster));
        }
        return there;
    }

    private static boolean isOn(JsonNode service, String cluster) {
        for (JsonNode share : service.path("shares")) {
            String name = share.path("cluster").asText();
            if (name.equals(cluster) || (share.path("source").asText() + "/" + name).equals(cluster)) {
                return true;
            }
        }
        return false;
    }
}
