// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * The graphs to deploy, and a federation with capacity for them. Services have no links, and the load of one replica each.
 *
 * @param services of each
 * @param clusters of the simulated federation; together they have twice the capacity that the graphs need
 */
record BenchFleet(int graphs, int services, int clusters) {

    static final String PROJECT = "bench";

    /** Requests per second at a service that one replica serves. */
    static final double LOAD = 0.8;

    /** Cores, and as many GiB of memory, of each replica. */
    private static final double CORES_PER_SERVICE = 0.5;
    /** Spare capacity, since a cluster may be lost. */
    private static final double ROOM = 2;
    /** Additional foreign load of each cluster; it is free while services grow in place. */
    private static final double HEADROOM = 0.5;

    private static final int GRAMS_MIN = 20;
    private static final int GRAMS_STEP = 37;
    private static final int GRAMS_SPAN = 600;

    BenchFleet withGraphs(int number) {
        return new BenchFleet(number, services, clusters);
    }

    String name(int graph) {
        return "g%05d".formatted(graph);
    }

    static String service(int graph, int number) {
        return "s%d-%05d".formatted(number, graph);
    }

    String path(int graph) {
        return "/api/v1/projects/%s/graphs/%s".formatted(PROJECT, name(graph));
    }

    static String graphsPath() {
        return "/api/v1/projects/%s/graphs".formatted(PROJECT);
    }

    /** @param edit number of the descriptor: another one is another chart version and another value */
    String descriptor(int graph, int edit) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode hda = root.putObject("hdaGraph");
        hda.put("id", name(graph));
        hda.put("imVersion", "0.4.0");
        hda.put("version", "1.0." + edit);
        hda.put("description", "Graph %d of a fleet, edit %d".formatted(graph, edit));
        ArrayNode array = hda.putArray("services");
        for (int number = 0; number < services; number++) {
            service(array.addObject(), graph, number, edit);
        }
        return root.toString();
    }

    private void service(ObjectNode service, int graph, int number, int edit) {
        service.put("id", service(graph, number));
        ObjectNode deployment = service.putObject("deployment");
        deployment.putObject("trigger").putObject("auto");
        deployment.putObject("intent").putObject("compute").put("cpu", "light").put("ram", "light");
        ObjectNode artifact = service.putObject("artifact");
        artifact.put("ociImage", "oci://registry.example/bench/service-%d:1.0.%d".formatted(number, edit));
        artifact.putObject("ociConfig").put("type", "App").put("implementer", "HELM");
        artifact.putObject("valuesOverwrite").put("edit", edit);
    }

    ClosedLoop.HttpRequestSpec deploy(int graph) {
        return new ClosedLoop.HttpRequestSpec("POST", graphsPath(), descriptor(graph, 0));
    }

    ClosedLoop.HttpRequestSpec remove(int graph) {
        return new ClosedLoop.HttpRequestSpec("DELETE", path(graph), "");
    }

    static String cluster(int number) {
        return "c%03d".formatted(number);
    }

    String load(int graph, int number, double requestsPerSecond) {
        return String.format(
                Locale.ROOT,
                "{\"service\": \"%s/%s/%s\", \"requestsPerSecond\": %.2f}",
                PROJECT,
                name(graph),
                service(graph, number),
                requestsPerSecond);
    }

    /** Cores, and as many GiB of memory, for the world. */
    static String amounts(long cores) {
        return "{\"cpuCores\": %d, \"memoryGib\": %d}".formatted(cores, cores);
    }

    private long cores() {
        return Math.max(4, Math.round(Math.ceil(ROOM * CORES_PER_SERVICE * graphs * services / clusters)));
    }

    long headroomCores() {
        return Math.round(Math.ceil(HEADROOM * cores())) + services;
    }

    String scenario() {
        long all = cores() + headroomCores();
        StringBuilder text =
                new StringBuilder("name: fleet\nstartupDelayMillis: 150\nterminationDelayMillis: 300\nclusters:\n");
        for (int number = 0; number < clusters; number++) {
            text.append(String.format(
                    Locale.ROOT,
                    "  - {name: %s, cpuCores: %d, memoryGib: %d, storageGib: %d, carbonGramsPerKwh: %d,"
                            + " foreignLoad: %s}%n",
                    cluster(number),
                    all,
                    all,
                    40 * all,
                    GRAMS_MIN + number * GRAMS_STEP % GRAMS_SPAN,
                    amounts(headroomCores())));
        }
        return text.append("loads:\n  \"*\": {constant: %s}\n".formatted(LOAD)).toString();
    }
}
