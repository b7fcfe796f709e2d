// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import java.util.Locale;

public final class ResponseTables {

    private static final double MILLIS_PER_CORE = 1000;
    private static final double BYTES_PER_GIB = 1L << 30;

    private ResponseTables() {}

    /** @param clusters items of {@code GET /api/v1/clusters} */
    public static TableRenderer clusters(JsonNode clusters) {
        TableRenderer table = new TableRenderer(
                "cluster", "location", "state", "cores free", "of", "GiB free", "of", "GPUs", "gCO2eq/kWh");
        clusters.forEach(cluster -> {
            JsonNode all = cluster.path("allocatable");
            JsonNode free = cluster.path("available");
            table.row(
                    cluster.path("name").asText(),
                    cluster.path("location").asText(),
                    cluster.path("ready").asBoolean() ? "ready" : "away",
                    number(free.path("cpuMillis").asLong() / MILLIS_PER_CORE),
                    number(all.path("cpuMillis").asLong() / MILLIS_PER_CORE),
                    number(free.path("memoryBytes").asLong() / BYTES_PER_GIB),
                    number(all.path("memoryBytes").asLong() / BYTES_PER_GIB),
                    gpus(all.path("gpus")),
                    carbon(cluster.path("signals").path("carbonGramsPerKwh")));
        });
        return table;
    }

    /** @param decidedBy strategy that placed the graph */
    public static TableRenderer placement(DisplayedGraph graph, String decidedBy) {
        TableRenderer table = new TableRenderer("service", "state", "cluster", "replicas", "ready", "decided by");
        graph.services()
                .forEach(service -> table.row(
                        service.name(),
                        state(service),
                        service.where(),
                        replicas(service),
                        service.ready(),
                        decidedBy));
        return table;
    }

    public static TableRenderer services(DisplayedGraph graph) {
        TableRenderer table = new TableRenderer("service", "state", "cluster", "replicas", "ready", "message");
        graph.services()
                .forEach(service -> table.row(
                        service.name(),
                        state(service),
                        service.where(),
                        replicas(service),
                        service.ready(),
                        service.message()));
        return table;
    }

    /** @param graphs items of {@code GET /api/v1/projects/{project}/graphs} */
    public static TableRenderer graphs(JsonNode graphs) {
        TableRenderer table = new TableRenderer("project", "graph", "version", "phase", "placement", "updated");
        graphs.forEach(graph -> table.row(
                graph.path("project").asText(),
                graph.path("name").asText(),
                graph.path("version").asText("-"),
                graph.path("phase").asText(),
                graph.path("staticPlacement").asBoolean() ? "by its charts" : "by the SMO",
                graph.path("updatedAt").asText()));
        return table;
    }

    /** Rounds to at most one decimal place. */
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String state(DisplayedService service) {
        return service.state().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Statically placed charts do not report their replicas. */
    private static String replicas(DisplayedService service) {
        return service.shares().isEmpty() ? "-" : String.valueOf(service.replicas());
    }

    private static String gpus(JsonNode gpus) {
        return gpus.isTextual() ? "yes" : gpus.asLong() == 0 ? "-" : String.valueOf(gpus.asLong());
    }

    private static String carbon(JsonNode grams) {
        return grams.isNumber() ? number(grams.asDouble()) : "-";
    }
}
